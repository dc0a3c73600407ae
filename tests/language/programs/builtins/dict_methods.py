import torch
from typing import Any, Dict, List, Optional, Tuple, Union


@torch.jit.script
def f(d: Dict[str, int]):
    e = d.copy()
    e["z"] = 26
    a = d.get("a")
    b = d.get("q", -1)
    c = e.pop("z")
    e.setdefault("n", 4)
    e.setdefault("a", 100)
    e.update({"u": 1})
    ks = list(e.keys())
    vs = list(e.values())
    its = list(e.items())
    d.clear()
    return e, a, b, c, ks, vs, its, d


print(f({"a": 1, "b": 2}))
print(f.code)
