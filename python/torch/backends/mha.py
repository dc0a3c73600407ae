"""Whether attention layers may take the fused operators in evaluation."""

import torch

_is_fastpath_enabled: bool = True


def get_fastpath_enabled() -> bool:
    """Whether the fast path may be taken; always true in compiled code."""
    if not torch.jit.is_scripting():
        return _is_fastpath_enabled
    return True


def set_fastpath_enabled(value: bool) -> None:
    """Allows or forbids the fast path."""
    global _is_fastpath_enabled
    _is_fastpath_enabled = value
