import torch
from typing import Any, Dict, List, Optional, Tuple, Union


@torch.jit.script
def f(x: torch.Tensor):
    y = x.contiguous(memory_format=torch.channels_last)
    return y.is_contiguous(memory_format=torch.channels_last), x.layout == torch.strided, torch.preserve_format, torch.contiguous_format


print(f(torch.ones(1, 2, 2, 2)))
print(f.code)
