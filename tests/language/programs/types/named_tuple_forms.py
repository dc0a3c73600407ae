import torch
from collections import namedtuple
from typing import NamedTuple, List, Optional, Tuple

Plain = namedtuple("Plain", ["a", "b"])
Typed = NamedTuple("Typed", [("x", int), ("ys", List[float])])


class WithDefaults(NamedTuple):
    n: int
    s: str = "dflt"
    o: Optional[int] = None


@torch.jit.script
def build(t: torch.Tensor):
    p = Plain(t, t + 1)
    q = Typed(1, [0.5])
    w = WithDefaults(2)
    v = WithDefaults(3, o=4)
    return p, q, w, v


for x in build(torch.zeros(1)):
    print(x)
print(build.graph)
print(build.code)


@torch.jit.script
def use(w: WithDefaults) -> Tuple[int, str, int]:
    a, b, c = w
    return w.n + a, w[1] + b, len(w)


print(use(WithDefaults(1, "k")))
print(use.schema)
