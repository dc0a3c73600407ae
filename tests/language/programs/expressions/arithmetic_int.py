import torch


@torch.jit.script
def ops(a: int, b: int):
    return a + b, a - b, a * b, a / b, a // b, a % b, a ** b, -a


@torch.jit.script
def bits(a: int, b: int):
    return a & b, a | b, a ^ b, a << b, a >> b


for a, b in ((7, 2), (-7, 2), (7, -2), (-7, -2)):
    print(ops(a, b))
print(bits(6, 3), bits(-6, 3))
print(ops.graph)
for f in (ops,):
    try:
        f(1, 0)
    except RuntimeError as e:
        print(str(e).strip().splitlines()[-1])
