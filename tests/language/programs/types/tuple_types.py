import torch
from typing import Tuple, List, Dict


@torch.jit.script
def swap(t: Tuple[int, str]) -> Tuple[str, int]:
    a, b = t
    return b, a


@torch.jit.script
def nested(t: Tuple[Tuple[int, int], List[float]]):
    (a, b), c = t
    return a + b, c[0], t[0][1], t[-1]


@torch.jit.script
def empty() -> Tuple[int, Tuple[str, Dict[str, int]]]:
    return 1, ("a", {"k": 2})


print(swap((1, "x")), nested(((1, 2), [0.5])), empty())
print(nested.graph)
print(swap.schema)
