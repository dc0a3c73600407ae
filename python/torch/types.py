"""Names for types that annotations use."""

import builtins
from typing import List, Sequence, Tuple, Union

import torch

_TensorOrTensors = Union[torch.Tensor, Sequence[torch.Tensor]]
_int = builtins.int
_float = builtins.float
_bool = builtins.bool
_complex = builtins.complex
_dtype = torch.dtype
_device = torch.device
_size = Union[torch.Size, List[builtins.int], Tuple[builtins.int, ...]]
Number = Union[builtins.int, builtins.float, builtins.bool]
Device = Union[torch.device, str, builtins.int, None]
