"""What code asks about torch.compile, which does not exist here."""

import torch

_is_compiling_flag: bool = False


def is_compiling() -> bool:
    """Whether torch.compile or torch.export traces the code: never."""
    if torch.jit.is_scripting():
        return False
    else:
        return _is_compiling_flag


def is_dynamo_compiling() -> bool:
    """Whether torch.compile traces the code: never."""
    return False
