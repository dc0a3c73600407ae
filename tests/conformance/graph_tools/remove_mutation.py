import torch
from typing import List


def adds(x):
    y = x + 1
    y.add_(2)
    y.mul_(3)
    return y


def param(x):
    x.add_(1)
    return x


def view(x):
    y = x + 1
    z = y.view(-1)
    z.add_(1)
    return y


def between(x):
    y = torch.relu(x)
    z = y * 2
    y.add_(1)
    return y, z


def branch(x, c: bool):
    if c:
        y = x + 1
    else:
        y = x + 2
    y.add_(1)
    return y


def appends(a: int, b: int):
    l = [a]
    l.append(b)
    l.append(3)
    m = len(l)
    l.append(4)
    return l, m


def escaping(l: List[int]):
    l.append(1)
    k = [l]
    l.append(2)
    return k


def fills(x):
    y = torch.ones([2])
    y.fill_(3)
    y.zero_()
    y[0] = 1
    return y + x


for fn in (adds, param, view, between, branch, appends, escaping, fills):
    g = torch.jit.script(fn).graph.copy()
    print(fn.__name__, torch._C._jit_pass_remove_mutation(g))
    print(g)
