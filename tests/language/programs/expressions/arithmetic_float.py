import torch


@torch.jit.script
def ops(a: float, b: float):
    return a + b, a - b, a * b, a / b, a // b, a % b, a ** b, -a


@torch.jit.script
def mixed(a: float, n: int):
    return a + n, n - a, a * n, n / a, a // n, n % a, a ** n, n ** a


print(ops(7.5, 2.0), ops(-7.5, 2.0), ops(7.5, -2.0))
print(mixed(2.5, 3), mixed(-2.5, 2))
print(mixed.graph)
try:
    ops(1.0, 0.0)
except RuntimeError as e:
    print(str(e).strip().splitlines()[-1])
