import torch
from typing import Any, Dict, List, Optional, Tuple, Union


@torch.jit.script
def f(pairs: List[Tuple[int, str]], t: Tuple[List[int], Dict[str, int]]):
    out: List[str] = []
    for n, s in pairs:
        out.append(s + str(n))
    t[0].append(len(out))
    t[1]["n"] = len(out)
    return out, t, pairs[0][1], pairs[-1]


print(f([(1, "a"), (2, "b")], ([0], {})))
print(f.code)
