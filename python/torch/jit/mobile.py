"""torch.jit.mobile: models as the lite interpreter runs them, by their bytecode alone."""

import io
import os

from torch._C import _archives


def _load_for_lite_interpreter(f, map_location=None, _extra_files=None):
    """Reads a model that `_save_for_lite_interpreter` wrote, from a path or a file object."""
    if isinstance(f, (str, os.PathLike)):
        f = os.fspath(f)
        if not os.path.exists(f):
            raise ValueError(f"The provided filename {f} does not exist")
        if os.path.isdir(f):
            raise ValueError(f"The provided filename {f} is a directory")
    data = _archives.read(f)
    return LiteScriptModule(_archives.load_mobile(io.BytesIO(data), _extra_files), _archives.mobile_info(io.BytesIO(data))[1])


class LiteScriptModule:
    """A loaded mobile model: methods by name, positional arguments only."""

    def __init__(self, cpp_module, operators=()):
        self._c = cpp_module
        self._operators = operators
        super().__init__()

    def __call__(self, *input):
        return self.forward(*input)

    def find_method(self, method_name):
        return _archives.find_mobile_method(self._c, method_name)

    def forward(self, *input):
        return _archives.run_mobile_method(self._c, "forward", input)

    def run_method(self, method_name, *input):
        return _archives.run_mobile_method(self._c, method_name, input)


def _get_model_bytecode_version(f_input):
    """The version of a mobile model's bytecode."""
    return _archives.mobile_info(f_input)[0]


def _export_operator_list(module):
    """Names of the operators that a loaded mobile model calls."""
    return set(module._operators)
