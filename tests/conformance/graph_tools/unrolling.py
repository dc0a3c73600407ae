import torch


def plain(x):
    for i in range(3):
        x = x * 2
    return x


def counter(x, n: int):
    for i in range(4):
        x = x + i * n
    return x


def nested(x):
    for i in range(2):
        for j in range(3):
            x = x + i * j
    return x


def dynamic(x, n: int):
    for i in range(n):
        x = x + 1
    return x


def branch(x, n: int):
    for i in range(3):
        if i == n:
            x = x + 1
        else:
            x = x - 1
    return x


def never(x):
    for i in range(0):
        x = x + 1
    return x


def breaks(x):
    for i in range(5):
        if bool(x.sum() > 3):
            break
        x = x + 1
    return x


def while_loop(x, n: int):
    while n > 0:
        x = x + 1
        n = n - 1
    return x


def many(x):
    for i in range(100):
        x = x + 1
    return x


for fn in (plain, counter, nested, dynamic, branch, never, breaks, while_loop, many):
    for name in ("_jit_pass_loop_unrolling", "_jit_pass_constant_loop_unrolling"):
        g = torch.jit.script(fn).graph.copy()
        print(fn.__name__, name, getattr(torch._C, name)(g))
        print(g)
        torch._C._jit_pass_constant_propagation(g)
        torch._C._jit_pass_constant_pooling(g)
        print(g)
