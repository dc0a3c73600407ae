"""Script modules as Python sees them: an nn.Module whose state and code live in a compiled object."""

from collections import OrderedDict

import torch
from torch._C import _archives, _jit
from torch.nn.modules.module import Module


class _Slots:
    """Parameters, buffers or submodules of a compiled object, as the dict that nn.Module expects."""

    def __init__(self, module, kind):
        object.__setattr__(self, "_module", module)
        object.__setattr__(self, "_kind", kind)

    def _names(self):
        return [name for name, kind in self._module._c.slots() if kind == self._kind]

    def keys(self):
        return self._names()

    def items(self):
        return [(name, self[name]) for name in self._names()]

    def values(self):
        return [self[name] for name in self._names()]

    def __getitem__(self, name):
        if name not in self._names():
            raise KeyError(name)
        return self._module._c.getattr(name)

    def __setitem__(self, name, value):
        self._module._c.setattr(name, value)

    def __contains__(self, name):
        return name in self._names()

    def __iter__(self):
        return iter(self._names())

    def __len__(self):
        return len(self._names())

    def get(self, name, default=None):
        return self[name] if name in self else default

    def copy(self):
        return OrderedDict(self.items())


def script_method(fn):
    """Marks a method of a ScriptModule subclass to be compiled when an instance has been made."""
    fn._is_script_method = True
    return fn


class ScriptMeta(type(Module)):
    """Takes the script methods out of a class and compiles them when the outermost `__init__` has run."""

    def __init__(cls, name, bases, attrs):
        super().__init__(name, bases, attrs)
        stubs = {}
        for base in reversed(bases):
            stubs.update(getattr(base, "_script_stubs", {}))
        for key, value in list(attrs.items()):
            if getattr(value, "_is_script_method", False):
                delattr(cls, key)
                stubs[key] = value
        cls._script_stubs = stubs
        if attrs.get("_disable_script_meta", False) or getattr(cls, "_disable_script_meta", False):
            return
        original = cls.__init__

        def init_then_script(self, *args, **kwargs):
            original(self, *args, **kwargs)
            if type(self) is cls and "_actual_script_module" not in self.__dict__:
                self._compile_stubs()

        cls.__init__ = init_then_script


class _CompiledForward:
    """`forward` of a script module: the compiled method, not nn.Module's placeholder."""

    def __get__(self, obj, cls=None):
        return self if obj is None else obj.__getattr__("forward")


class ScriptModule(Module, metaclass=ScriptMeta):
    """The base of compiled modules. Subclasses of the old API mark methods with `script_method`."""

    _disable_script_meta = True
    __jit_unused_properties__ = ["code", "code_with_constants", "graph", "inlined_graph", "original_name"]

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        if "_disable_script_meta" not in cls.__dict__:
            cls._disable_script_meta = False

    forward = _CompiledForward()

    def _compile_stubs(self):
        compiled = _jit.script_methods(self, list(type(self)._script_stubs))
        actual = RecursiveScriptModule(compiled, self)
        for name, _ in compiled.slots():
            self.__dict__.pop(name, None)
        for name in ("_parameters", "_buffers", "_modules"):
            self.__dict__.pop(name, None)
        self.__dict__["_actual_script_module"] = actual

    def __getattr__(self, name):
        actual = self.__dict__.get("_actual_script_module")
        return super().__getattr__(name) if actual is None else getattr(actual, name)

    def __setattr__(self, name, value):
        actual = self.__dict__.get("_actual_script_module")
        if actual is None:
            super().__setattr__(name, value)
        else:
            setattr(actual, name, value)

    def define(self, src):
        """Adds the methods that TorchScript text defines."""
        _jit.define_methods(self._c, src)


class RecursiveScriptModule(ScriptModule):
    """A compiled nn.Module. Attributes live in `_c`, the compiled object; methods are its functions."""

    _disable_script_meta = True

    def __init__(self, cpp_module, original=None):
        self.__dict__["_c"] = cpp_module
        self.__dict__["_original"] = original
        super().__init__()
        for name in ("training", "_is_full_backward_hook"):
            self.__dict__.pop(name, None)
        self.__dict__["_parameters"] = _Slots(self, "parameter")
        self.__dict__["_buffers"] = _Slots(self, "buffer")
        modules = OrderedDict()
        children = getattr(original, "_modules", {}) if original is not None else {}
        for name, kind in cpp_module.slots():
            if kind == "module":
                compiled, child = cpp_module.child(name), children.get(name)
                is_same = isinstance(child, ScriptModule) and child._c is compiled
                modules[name] = child if is_same else _jit.wrap_module(compiled, child)
        self.__dict__["_modules"] = modules
        if original is not None:
            for name in ("_forward_hooks", "_forward_pre_hooks"):
                self.__dict__[name] = OrderedDict(original.__dict__.get(name, {}))
        self.__dict__["_initializing"] = False

    @property
    def original_name(self):
        return self._c.qualified_name.split(".")[-1]

    @property
    def graph(self):
        return self._method("forward").graph

    @property
    def inlined_graph(self):
        return self._method("forward").inlined_graph

    @property
    def code(self):
        return self._method("forward").code

    def _method(self, name):
        found = self._c.find_method(name)
        if found is None:
            raise AttributeError(f"'{type(self).__name__}' object has no attribute '{name}'")
        return found

    @property
    def forward(self):
        return self._method("forward")

    def __getattr__(self, name):
        if "_c" not in self.__dict__:
            return super().__getattr__(name)
        if name in self.__dict__.get("_modules", {}):
            return self._modules[name]
        if self._c.hasattr(name):
            return self._c.getattr(name)
        if self._c.has_method(name):
            return self._c.find_method(name)
        constant = self._c.constant(name)
        if constant is not None:
            return constant[0]
        original = self.__dict__.get("_original")
        if original is not None:
            found = _jit.python_side(self, original, name)
            if found is not None:
                return found[0]
        return super().__getattr__(name)

    def __setattr__(self, name, value):
        if name in self.__dict__.get("_modules", {}):
            if not isinstance(value, ScriptModule):
                raise RuntimeError(f"Cannot re-assign modules in a ScriptModule with non-scripted module, tried to replace existing module '{name}': {value}")
            self._modules[name] = value
            self._c.setattr(name, value)
        elif "_c" in self.__dict__ and self._c.hasattr(name):
            self._c.setattr(name, value)
        elif "_c" in self.__dict__ and self._c.constant(name) is not None:
            raise RuntimeError(f"Can't set constant '{name}' which has value:{self._c.constant(name)[0]}")
        else:
            object.__setattr__(self, name, value)

    def __len__(self):
        return self._container("__len__")

    def __iter__(self):
        return self._container("__iter__")

    def __getitem__(self, key):
        return self._container("__getitem__", key)

    def __contains__(self, key):
        return self._container("__contains__", key)

    def _container(self, method, *args):
        """Container protocols are those of the module that was compiled, on its own children, as in PyTorch."""
        original = self.__dict__.get("_original")
        if original is not None and hasattr(type(original), method):
            return getattr(type(original), method)(original, *args)
        if method == "__len__":
            return len(self._modules)
        if method == "__iter__":
            return iter(self._modules.values())
        if method == "__getitem__":
            if isinstance(args[0], str):
                return self._modules[args[0]]
            return list(self._modules.values())[args[0]]
        return args[0] in self._modules

    def __bool__(self):
        return True

    def __dir__(self):
        return sorted(set(super().__dir__()) | set(self._c.method_names()) | {n for n, _ in self._c.slots()})

    def _get_name(self):
        return "RecursiveScriptModule"

    def extra_repr(self):
        return "original_name=" + self.original_name

    def save(self, f, **kwargs):
        return _jit.save(self, str(f) if not hasattr(f, "write") else f, kwargs.get("_extra_files"))

    def save_to_buffer(self, *args, **kwargs):
        return _archives.to_bytes(self._c, kwargs.get("_extra_files"))

    def _save_for_lite_interpreter(self, f, _extra_files=None, _save_mobile_debug_info=False, _use_flatbuffer=False):
        if _use_flatbuffer:
            _jit.not_implemented("saving flatbuffer files")
        _archives.save(self._c, str(f), _extra_files, True)

    def _save_to_buffer_for_lite_interpreter(self, _extra_files=None, _save_mobile_debug_info=False, _use_flatbuffer=False):
        if _use_flatbuffer:
            _jit.not_implemented("saving flatbuffer files")
        return _archives.to_bytes(self._c, _extra_files, True)



class RecursiveScriptClass:
    """An object of a compiled class: attributes, methods and operators are the compiled object's."""

    def __init__(self, cpp_class):
        self.__dict__["_c"] = cpp_class

    def __getattr__(self, name):
        return getattr(self._c, name)

    def __setattr__(self, name, value):
        setattr(self._c, name, value)

    def forward_magic_method(self, method_name, *args, **kwargs):
        if not self._c._has_method(method_name):
            raise TypeError
        return self._c.find_method(method_name)(*args, **kwargs)

    def __getstate__(self):
        import pickle

        raise pickle.PickleError("ScriptClasses cannot be pickled")

    def __iadd__(self, other):
        if self._c._has_method("__iadd__"):
            return self.forward_magic_method("__iadd__", other)
        return self.forward_magic_method("__add__", other)


def _forward(name):
    def method(self, *args, **kwargs):
        return self.forward_magic_method(name, *args, **kwargs)

    method.__name__ = name
    return method


for _name in (
    "__iter__", "__len__", "__neg__", "__mul__", "__contains__", "__add__", "__sub__", "__pow__", "__truediv__",
    "__floordiv__", "__mod__", "__ne__", "__eq__", "__lt__", "__gt__", "__le__", "__ge__", "__and__", "__or__",
    "__xor__", "__getitem__", "__setitem__", "__delitem__", "__call__", "__int__", "__float__", "__bool__", "__str__",
    "__enter__", "__exit__",
):
    setattr(RecursiveScriptClass, _name, _forward(_name))


class CompilationUnit:
    """Functions compiled from TorchScript text, as attributes."""

    def __init__(self, lang=None, _frames_up=0):
        self._unit = _jit.text_unit()
        self._functions = {}
        if lang is not None:
            self.define(lang)

    def define(self, lang, rcb=None, _frames_up=0):
        for f in _jit.define_functions(self._unit, lang):
            self._functions[f.name] = f

    def find_function(self, name):
        return self._functions.get(name)

    def get_functions(self):
        return list(self._functions.values())

    def __getattr__(self, name):
        found = self.__dict__.get("_functions", {}).get(name)
        if found is None:
            raise AttributeError(f"'CompilationUnit' has no attribute '{name}'")
        return found
