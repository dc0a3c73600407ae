import torch
from torch import nn, Tensor
from typing import Any, Dict, List, NamedTuple, Optional, Tuple, Union
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

def a(x):
    d: Dict[Tensor, int] = {}
    d[x] = 3
    return d[x], len(d)
def b():
    d: Dict[complex, str] = {1j: "a", 2 + 1j: "b"}
    d[0j] = "z"
    return d, 1j in d, d[2+1j]
def c():
    d = {1.5: 2, 2.5: 3}
    return d.keys(), d.values(), d.items(), d.get(1.5), d.pop(2.5), d
def d():
    x = {True: "t", False: "f"}
    return x[True], x
def e():
    d: Dict[List[int], int] = {}
    return d
def f():
    d: Dict[Optional[int], int] = {}
    return d
def g():
    d = {(1, 2): 3}
    return d
def h():
    d: Dict[Any, int] = {}
    return d
def i():
    d = {None: 1}
    return d
def j(x):
    d = {x: x + 1}
    for k, v in d.items():
        print(k, v)
    return x in d
def k():
    d: Dict[str, Any] = {"a": 1, "b": "x"}
    return d["a"]
def l():
    d = {"a": 1, "b": "x"}
    return d
def m():
    d: Dict[str, List[int]] = {}
    d["x"].append(1)
    return d
def n():
    d = dict()
    d["a"] = torch.ones(1)
    return d
def o():
    d = dict(a=1, b=2)
    return d
def p():
    d = dict([("a", 1), ("b", 2)])
    d.update({"c": 3})
    d.setdefault("z", 5)
    del d["a"]
    d2 = d.copy()
    d.clear()
    return d, d2
def q(d: Dict[str, int]):
    return d.pop("zz")
def r(d: Dict[str, int]):
    return d.popitem()
def s(d: Dict[str, int]):
    return [k for k in d], [v for k, v in d.items()], {v: k for k, v in d.items()}
def u(d: Dict[int, float]):
    return d[1.5]
def v(d: Dict[str, int]):
    d["a"] += 3
    d["a"] *= 2
    return d, sorted(d.keys()), max(d.values()), list(d), len(d.items())
def w(d: Dict[str, int]):
    return d == {"a": 1}, d != {"a": 1}, "a" not in d, bool(d)
X=(torch.ones(1),)
D=({"a":1},)
t(a,X);t(b);t(c);t(d);t(e);t(f);t(g);t(h);t(i);t(j,X);t(k);t(l);t(m);t(n);t(o);t(p);t(q,D);t(r,D);t(s,D);t(u,({1:1.0},));t(v,({"a":1},));t(w,D)
