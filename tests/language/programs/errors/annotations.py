import torch
from typing import Any, Dict, List, Optional, Tuple, Union


def value_as_type(x: 3):
    return x


def generic_without(x: Dict):
    return x


for f in (generic_without, value_as_type):
    try:
        print(torch.jit.script(f).code)
    except Exception as e:
        print(f.__name__, type(e).__name__, str(e).strip())
