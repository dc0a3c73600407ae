import torch
from torch import nn, Tensor
from typing import Dict, Final, List, Optional, Tuple, Union
from enum import Enum

def t(f, *args):
    name = getattr(f, "__name__", type(f).__name__)
    try:
        s = torch.jit.script(f)
    except Exception as e:
        print(name, "COMPILE", type(e).__name__, str(e).strip())
        return
    for a in (args or [()]):
        try:
            print(name, s(*a))
        except Exception as e:
            print(name, "RUN", type(e).__name__, str(e).strip())
    print(s.code)

class P:
    xs: List[int]
    def __init__(self):
        self.xs = [1, 2, 3]
        self.d = {"a": 1}
        self.n = 0
    def __lt__(self, o: "P") -> bool:
        return self.n < o.n
def a():
    p = P(); p.n += 3; p.xs[0] += 5; p.d["a"] -= 1; p.xs[1:2] = [7, 8]; p.n *= 2; p.n -= 1
    return p.n, p.xs, p.d
def b(x): 
    x[0] += 1; x[:, 1] *= 2; x[0, 0] = 9; x[..., 0] -= 1
    return x
def c(s: str):
    return s[::2], s[1:-1], s[-1], s[::1], s[5:1]
def c2(s: str): return s[::-1]
def d(xs: List[int]): return xs[::2], xs[-2:], xs[::3], xs[:-1], xs[3:1]
def d2(xs: List[int]): return xs[::-1]
def e(d: Dict[str, int], s: str, x, t: Tuple[int, int], xs: List[int]):
    out: List[str] = []
    for k in d: out.append(k)
    for ch in s: out.append(ch)
    for row in x: out.append(str(int(row)))
    for v in t: out.append(str(v))
    for i, (p, q) in enumerate(zip(xs, s)): out.append(str(i) + str(p) + q)
    for r in reversed(xs): out.append(str(r))
    for k, v in d.items(): out.append(k + str(v))
    for i in range(10, 0, -3): out.append(str(i))
    for i, v in enumerate(xs, 5): out.append(str(i))
    return out
def f(n: int): return 1 < n <= 5 < 10, 1 < n > 0, n == n == 3
def g(n: int):
    if (m := n + 1) > 2: return m
    return n
def h(x: Optional[int]): return x + 1 if x is not None else 0
def i(x: Optional[int]): return 0 if x is None else x * 2
def j(x: Union[int, str]): return x + 1 if isinstance(x, int) else len(x)
def k(xs: List[int] = [1, 2]): return xs
def l(n: int):
    def inner(m: int): return m + 1
    return inner(n)
def m(n: int):
    f = lambda q: q + 1
    return f(n)
def n(xs: List[int]):
    a, *b = xs
    return a
def n2(t: Tuple[int, int, int]):
    a, *b = t
    *c, d = t
    return a, b, c, d
def o(xs: List[P]):
    return sorted(xs)
def p2():
    ps = [P(), P()]; ps[0].n = 4
    ps.sort()
    return [q.n for q in ps]
def q(*args): return args
def r(**kw): return 1
def s(a: int, /, b: int): return a + b
def u(n: int):
    global zz
    zz = 1
    return n
def v(n: int):
    del n
    return n
def w(n: int):
    assert n > 0, "bad " + str(n)
    assert n < 10, f"big {n}"
    return n
def y(n: int):
    x = n if n > 0 else -n
    x = x if x > 3 else 3.5
    return x
def z(xs: List[int]): return [x for x in xs if x > 1]
def aa(xs: List[int]): return [x + y for x in xs for y in xs]
def bb(d: Dict[str, int]): return {k: v + 1 for k, v in d.items()}
def cc(xs: List[int]): return {x for x in xs}
def dd(xs: List[int]): return (x for x in xs)
def ee(xs: List[int]): return sum([x for x in xs]), any([x > 1 for x in xs]), max(xs), min(xs), all([x > 0 for x in xs])
def ff(xs: List[float]): return sum(xs), max(xs), min(xs), sorted(xs, reverse=True)
def gg(a: int, b: float): return divmod(a, 3), divmod(b, 2.0), pow(a, 2), pow(b, 2), round(b), abs(-a), abs(-b)
def hh(a: int): return chr(a), ord("a"), hex(a), oct(a), bin(a), hex(-a), bin(-a)
def ii(a: float): return round(a, 2)
def jj(a: str): return abs(a)
def kk(a: List[str]): return max(a)
def ll(a: List[str]): return sum(a)
def mm(a: int): return sum(a)
def nn_(a: str): return ord(a)
def oo(a: int, b: int): return a // b, a % b, a / b, a ** b, a << b, a >> b, a & b, a | b, a ^ b, ~a
t(a); t(b, (torch.ones(2, 2),)); t(c, ("abcdef",)); t(c2, ("abc",)); t(d, ([1,2,3,4,5],)); t(d2, ([1,2,3],))
t(e, ({"a": 1}, "xy", torch.arange(2), (7, 8), [4, 5, 6]))
t(f, (3,)); t(g, (3,)); t(h, (3,), (None,)); t(i, (3,), (None,)); t(j, (3,), ("ab",)); t(k); t(l, (3,)); t(m, (3,)); t(n, ([1,2],)); t(n2, ((1,2,3),)); t(o, ([],)); t(p2); t(q); t(r); t(s, (1,2)); t(u, (1,)); t(v, (1,)); t(w, (1,), (-1,), (11,)); t(y, (1,)); t(z, ([1,2],)); t(aa, ([1,2],)); t(bb, ({"a":1},)); t(cc, ([1],)); t(dd, ([1],)); t(ee, ([1,2],)); t(ff, ([1.5,2.5],)); t(gg, (7, 2.5)); t(hh, (65,)); t(ii, (2.567,)); t(jj, ("a",)); t(kk, (["a","b"],)); t(ll, (["a"],)); t(mm, (1,)); t(nn_, ("a",), ("ab",), ("",)); t(oo, (7, 2), (-7, 2), (1, 0))
