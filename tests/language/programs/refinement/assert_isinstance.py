import torch
from typing import Any, Dict, List, Optional, Tuple, Union


@torch.jit.script
def f(x: Union[int, List[int]], y: Any) -> int:
    assert isinstance(x, int)
    assert isinstance(y, str), "y is no str"
    return x + len(y)


print(f(3, "abc"))
try:
    f([1], "a")
except Exception as e:
    print(str(e).strip().splitlines()[-1])
try:
    f(1, 2)
except Exception as e:
    print(str(e).strip().splitlines()[-1])
print(f.code)
