"""CUDA: not built in."""


def is_built():
    """Whether it is built in: never."""
    return False


def is_available():
    """Whether it is there: never."""
    return False
