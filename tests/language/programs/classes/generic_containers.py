import torch
from typing import Any, Dict, List, Optional, Tuple, Union


@torch.jit.script
class Queue:
    def __init__(self):
        self.items: List[torch.Tensor] = []
        self.names: Dict[str, int] = {}

    def put(self, name: str, x: torch.Tensor) -> "Queue":
        self.names[name] = len(self.items)
        self.items.append(x)
        return self

    def get(self, name: str) -> torch.Tensor:
        return self.items[self.names[name]]


@torch.jit.script
def f(x: torch.Tensor):
    q = Queue().put("a", x).put("b", x + 1)
    qs = {"main": q}
    qs["main"].put("c", q.get("a") * 5)
    return q.get("b"), q.get("c"), len(q.items)


print(f(torch.ones(1)))
print(f.code)
