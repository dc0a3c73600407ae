"""torch.jit under PYTORCH_JIT=0, when everything stays the Python that it is."""
from torch.nn.modules.module import Module


class ScriptModule(Module):
    __module__ = "torch.jit._script"

    def __init__(self, arg=None):
        super().__init__()


class RecursiveScriptModule(ScriptModule):
    __module__ = "torch.jit._script"


class RecursiveScriptClass:
    __module__ = "torch.jit._script"


def script_method(fn):
    """The method itself."""
    return fn
