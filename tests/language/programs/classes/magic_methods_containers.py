import torch
from typing import Dict, List


@torch.jit.script
class Bag:
    def __init__(self):
        self.d: Dict[str, int] = {}
        self.hits = 0

    def __len__(self) -> int:
        return len(self.d)

    def __getitem__(self, k: str) -> int:
        return self.d[k]

    def __setitem__(self, k: str, v: int):
        self.d[k] = v

    def __contains__(self, k: str) -> bool:
        return k in self.d

    def __eq__(self, o: "Bag") -> bool:
        return self.d["a"] == o.d["a"]

    def __lt__(self, o: "Bag") -> bool:
        return self.d["a"] < o.d["a"]

    def __call__(self, n: int) -> int:
        self.hits += n
        return self.hits

    def __bool__(self) -> bool:
        return self.hits > 0

    def __str__(self) -> str:
        return "Bag"


try:
    @torch.jit.script
    def f(n: int):
        b = Bag()
        b["a"] = n
        b["b"] = 2
        c = Bag()
        c["a"] = n
        return len(b), b["a"], "b" in b, "z" in b, b == c, b < c, b(4), b(5)

    print(f(7))
    print(f.code)
except RuntimeError as e:
    print(str(e).strip())
