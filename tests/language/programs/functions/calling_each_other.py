import torch


def leaf(x: int) -> int:
    return x * 2


def mid(x: int):
    return leaf(x) + leaf(x + 1)


@torch.jit.script
def top(x: int):
    y = mid(x)
    return y - leaf(1)


print(top(3))
print(top.graph)
print(top.inlined_graph)
print(top.code)


def fact(n: int) -> int:
    return 1 if n < 2 else n * fact(n - 1)


for f in (fact,):
    try:
        print(torch.jit.script(f)(4))
    except RuntimeError as e:
        print(str(e).strip())
