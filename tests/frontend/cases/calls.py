import torch
from typing import List, Optional, Dict, Tuple, Any


def _helper(x: int, y: int = 2) -> int:
    return x * y


def _tensor_helper(x, scale: float = 2.0):
    return x * scale


def _no_return(x: int):
    print(x)


def call_helper(n: int):
    a = _helper(n)
    b = _helper(n, 3)
    c = _helper(x=n, y=4)
    _no_return(n)
    return a + b + c


def call_tensor(x: torch.Tensor):
    return _tensor_helper(x), _tensor_helper(x, 3.0), _tensor_helper(x, scale=1.0)


def _recursive_a(n: int) -> int:
    return _recursive_a(n - 1)


def recursion(n: int) -> int:
    return _recursive_a(n)


def fork_it(x: torch.Tensor):
    f = torch.jit.fork(_tensor_helper, x, 3.0)
    y = x + 1
    return torch.jit.wait(f) + y


def fork_loop(x: torch.Tensor, n: int):
    fs = torch.jit.annotate(List[torch.jit.Future[torch.Tensor]], [])
    for i in range(n):
        fs.append(torch.jit.fork(_tensor_helper, x))
    return [torch.jit.wait(f) for f in fs]
