import torch
from typing import Any, Dict, List, Optional, Tuple, Union


@torch.jit.script
def f(s: str):
    return s.upper(), s.lower(), s.capitalize(), s.title(), s.swapcase()


print(f("hello World"), f("ABC dEf"))
print(f.code)
