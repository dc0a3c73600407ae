"""Padding, and sliding blocks as columns."""

from typing import List, Optional

import torch
from torch import Tensor
from torch._jit_internal import BroadcastingList2
from torch.nn.modules.utils import _pair

__name__ = "torch.nn.functional"


def pad(input: Tensor, pad: List[int], mode: str = "constant", value: Optional[float] = None) -> Tensor:
    """Adds pad[0] elements before and pad[1] after in the last dimension, pad[2:4] in the one before, ...

    mode: "constant" (with value, 0 when None), "reflect", "replicate" or "circular".
    """
    return torch._C._nn.pad(input, pad, mode, value)


def assert_int_or_pair(arg: List[int], arg_name: str, message: str) -> None:
    """Raises AssertionError, with arg_name put into message, unless arg is an int or has two elements."""
    if not isinstance(arg, int) and not len(arg) == 2:
        raise AssertionError(message.format(arg_name))


def unfold(
    input: Tensor,
    kernel_size: BroadcastingList2[int],
    dilation: BroadcastingList2[int] = 1,
    padding: BroadcastingList2[int] = 0,
    stride: BroadcastingList2[int] = 1,
) -> Tensor:
    """The sliding blocks of (N, C, H, W) as columns: (N, C * kernel elements, blocks)."""
    return torch._C._nn.im2col(input, _pair(kernel_size), _pair(dilation), _pair(padding), _pair(stride))


def fold(
    input: Tensor,
    output_size: BroadcastingList2[int],
    kernel_size: BroadcastingList2[int],
    dilation: BroadcastingList2[int] = 1,
    padding: BroadcastingList2[int] = 0,
    stride: BroadcastingList2[int] = 1,
) -> Tensor:
    """The sum of columns put back as sliding blocks: the transpose of unfold."""
    return torch._C._nn.col2im(
        input, _pair(output_size), _pair(kernel_size), _pair(dilation), _pair(padding), _pair(stride)
    )
