import torch
from typing import Dict, List, Tuple


@torch.jit.script
def f(xs: List[int], s: str, d: Dict[str, int], t: torch.Tensor):
    out: List[str] = []
    for x in xs:
        out.append(str(x))
    for c in s:
        out.append(c)
    for k in d:
        out.append(k)
    for k, v in d.items():
        out.append(k + str(v))
    for v in d.values():
        out.append(str(v))
    for row in t:
        out.append(str(row.sum().item()))
    return out


print(f([1, 2], "ab", {"k": 3}, torch.ones(2, 2)))
print(f.graph)


@torch.jit.script
def over_tuple(t: Tuple[int, int, int]):
    total = 0
    for x in t:
        total += x
    return total


print(over_tuple((1, 2, 3)))
print(over_tuple.code)


def over_mixed(t: Tuple[int, str]):
    for x in t:
        print(x)
    return 1


def over_int(n: int):
    for x in n:
        pass
    return 1


def over_none():
    for x in None:
        pass
    return 1


for g in (over_mixed, over_int, over_none):
    try:
        print(torch.jit.script(g).code)
    except RuntimeError as e:
        print(str(e).strip())
