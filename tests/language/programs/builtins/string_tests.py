import torch
from typing import Any, Dict, List, Optional, Tuple, Union


@torch.jit.script
def f(s: str):
    return s.isalpha(), s.isdigit(), s.isalnum(), s.isspace(), s.isupper(), s.islower(), s.istitle(), s.isidentifier(), s.isnumeric(), s.isdecimal(), s.isprintable()


for s in ("abc", "123", "A1", " ", "Title Case", "", "a_b", "a b"):
    print(f(s))
print(f.code)
