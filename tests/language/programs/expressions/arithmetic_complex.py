import torch


@torch.jit.script
def ops(a: complex, b: complex):
    return a + b, a - b, a * b, a / b, a == b, a != b, abs(a)


@torch.jit.script
def mixed(a: complex, n: int, f: float):
    return a + n, f * a, a - f


print(ops(1 + 2j, 3 - 1j))
print(mixed(2j, 3, 0.5))
print(ops.code)
