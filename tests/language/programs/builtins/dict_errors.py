import torch
from typing import Any, Dict, List, Optional, Tuple, Union


@torch.jit.script
def f(d: Dict[str, int], k: str) -> int:
    if k == "pop":
        return d.pop("missing")
    return d[k]


for k in ("a", "zz", "pop"):
    try:
        print(f({"a": 1}, k))
    except RuntimeError as e:
        print(str(e).strip().splitlines()[-1])
print(f.code)
