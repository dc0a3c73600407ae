import torch
from typing import Dict, List, Optional


@torch.jit.script
class Item:
    def __init__(self, name: str, n: int):
        self.name = name
        self.n = n

    def show(self) -> str:
        return self.name + str(self.n)


@torch.jit.script
def many(n: int) -> List[Item]:
    out: List[Item] = []
    for i in range(n):
        out.append(Item("i", i))
    return out


@torch.jit.script
def lookup(d: Dict[str, Item], k: str) -> Optional[Item]:
    if k in d:
        return d[k]
    return None


@torch.jit.script
def change(i: Item) -> int:
    i.n += 100
    return i.n


items = many(2)
print([type(i).__name__ for i in items], [i.show() for i in items])
print(lookup({"a": Item("x", 1)}, "a").show(), lookup({}, "b"))
it = Item("z", 1)
print(change(it), it.n)
s = torch.jit.script(it)
print(type(s).__name__, s.show(), s.n)
print(change(s), s.n)
s.n = 5
print(s.show())
