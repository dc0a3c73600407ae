import torch
from typing import Dict, List, Optional, Tuple


@torch.jit.script
def f(n: int, x: float, s: str, b: bool, o: Optional[int], xs: List[float], d: Dict[str, int], t: Tuple[int, str], c: complex):
    print(n, x, s, b, o)
    print(xs, d, t, c)
    print()
    print("a", [s], {"k": [1.0]}, (s, None))


f(1, 2.0, "s", True, None, [1.0, 0.5], {"q": 2}, (3, "z"), 1 + 2j)
f(-1, 1e10, "", False, 4, [], {}, (0, ""), -1j)
print(f.graph)


@torch.jit.script
def tensors(t: torch.Tensor):
    print(t)
    print("t:", t, t.size())


tensors(torch.tensor([1.0, 2.5]))
tensors(torch.arange(4).view(2, 2))


def keyword():
    print("a", sep="")


try:
    torch.jit.script(keyword)
except RuntimeError as e:
    print(str(e).strip())
