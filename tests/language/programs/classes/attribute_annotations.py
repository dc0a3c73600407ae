import torch
from typing import Dict, List, Optional


@torch.jit.script
class C:
    o: Optional[str]

    def __init__(self, n: int):
        self.xs: List[int] = []
        self.o = torch.jit.annotate(Optional[str], None)
        self.d: Dict[str, int] = {}
        self.n = n

    def put(self, s: str) -> int:
        self.o = s
        self.xs.append(len(s))
        self.d[s] = self.n
        return len(self.d)


@torch.jit.script
def f(n: int):
    c = C(n)
    c.put("abc")
    o = c.o
    if o is not None:
        return c.xs, o, c.d
    return c.xs, "", c.d


print(f(2))
print(f.code)
