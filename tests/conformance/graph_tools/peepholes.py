import torch
from typing import Dict, List, Optional


def numbers(n: int, m: int):
    a = n * 1
    b = 1 * n + 0
    c = n + 3 - 3
    d = n + 3 + 4
    e = n - 2 + 5
    g = n // 1
    return a, b, c, d, e, g, int(n), n == n, n != n


def nones(x, o: Optional[int], k: int):
    y = k is None
    z = x is not None
    w = o is None
    return y, z, w


def lists(a: int, b: int, x):
    l = [a, b, a]
    p, q = [a, b]
    m = l + [b]
    s = l[1:]
    return len(l), l[0], l[-1], p, q, len(m), s[0], m[3]


def changed(a: int):
    l = [a, 2]
    l.append(3)
    return len(l), l[0]


def dicts(a: int):
    d = {"a": a, "b": 2}
    return d["a"], len(d), d["b"]


def tensors(x, y):
    a = x * 1
    b = x + 0
    c = x / 1
    d = x * 1.0
    e = x.t().t()
    g = x - 0
    return a + y, b + y, c, d, e + y, g + y


def bools(a: bool, n: int):
    b = a and True
    c = a or False
    d = True if a else False
    return b, c, d


def unwrapped(o: Optional[int]):
    if o is not None:
        p = torch.jit._unwrap_optional(o)
        return p + 1
    return 0


def inplace(x):
    y = x + 1
    z = y * 1
    z.add_(2)
    return y, z


for fn in (numbers, nones, lists, changed, dicts, tensors, bools, unwrapped, inplace):
    s = torch.jit.script(fn)
    g = s.graph.copy()
    print(fn.__name__, torch._C._jit_pass_peephole(g))
    print(g)
    torch._C._jit_pass_dce(g)
    torch._C._jit_pass_cse(g)
    torch._C._jit_pass_constant_propagation(g)
    print(g)
