"""cuDNN: not there. `enabled` is what operators are told, as PyTorch tells them without a GPU too."""

enabled = True
benchmark = False
deterministic = False
allow_tf32 = True


def is_available():
    """Whether cuDNN is there: never."""
    return False


def version():
    """The version of cuDNN: None."""
    return None


def is_acceptable(tensor):
    """Whether cuDNN takes the tensor: never."""
    return False
