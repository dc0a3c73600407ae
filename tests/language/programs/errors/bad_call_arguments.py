import torch
from typing import Any, Dict, List, Optional, Tuple, Union


@torch.jit.script
def f(x: torch.Tensor, n: int, names: List[str], o: Optional[float] = None):
    return n


for args, kw in (((), {}), ((torch.ones(1), 1), {}), ((torch.ones(1), 1, ["a"], 1.0, 2), {}), ((torch.ones(1), "a", []), {}), ((torch.ones(1), 1, [1]), {}), ((torch.ones(1), 1), {"nope": 1}), ((torch.ones(1), 1, []), {"n": 2}), ((torch.ones(1), 1, [], "s"), {}), ((3, 1, []), {})):
    try:
        print(f(*args, **kw))
    except Exception as e:
        print(type(e).__name__, str(e).strip())
