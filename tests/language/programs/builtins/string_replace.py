import torch
from typing import Any, Dict, List, Optional, Tuple, Union


@torch.jit.script
def f(s: str):
    return s.replace("a", "bb"), s.replace("a", "b", 1), s * 2 if False else s + s, "-".join([c for c in s])


print(f("banana"))
print(f.code)
