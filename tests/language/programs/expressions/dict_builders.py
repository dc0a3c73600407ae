import torch
from typing import Dict, List, Tuple


@torch.jit.script
def build(n: int, pairs: List[Tuple[str, int]]):
    a = dict(pairs)
    b = dict(p=1, q=n)
    c = {str(i): i * i for i in range(n)}
    d = dict({"x": 1.5})
    e: Dict[int, str] = dict()
    return a, b, c, d, e


print(build(3, [("k", 7), ("l", 8)]))
print(build.code)


def empty():
    return {}


def mixed():
    return {"a": 1, "b": "c"}


def mixed_keys():
    return {"a": 1, 2: 3}


for f in (empty, mixed, mixed_keys):
    try:
        print(torch.jit.script(f).graph)
    except RuntimeError as e:
        print(str(e).strip())
