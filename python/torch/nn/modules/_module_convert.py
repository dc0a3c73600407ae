"""Conversions of Module (device, dtype) and access by dotted path: methods of Module in module.py."""

import warnings

import torch

from torch.nn.parameter import Parameter

__name__ = "torch.nn.modules.module"


def _same_kind(a, b):
    """Whether a can take over b's storage in place: not between real memory and the meta device."""
    return (a.device.type == "meta") == (b.device.type == "meta")


def _apply(self, fn, recurse=True):
    """Replaces every parameter, gradient and buffer t by fn(t), keeping parameter objects where possible."""
    if recurse:
        for module in self.children():
            module._apply(fn)

    for key, param in self._parameters.items():
        if param is None:
            continue
        with torch.no_grad():
            param_applied = fn(param)
        if _same_kind(param, param_applied):
            param.data = param_applied
            out_param = param
        else:
            out_param = Parameter(param_applied, param.requires_grad)
            self._parameters[key] = out_param
        param_grad = param.grad
        if param_grad is not None:
            with torch.no_grad():
                grad_applied = fn(param_grad)
            if out_param is param and _same_kind(param_grad, grad_applied):
                out_param.grad.data = grad_applied
            else:
                out_param.grad = grad_applied.requires_grad_(param_grad.requires_grad)

    for key, buf in self._buffers.items():
        if buf is not None:
            self._buffers[key] = fn(buf)
    return self


def apply(self, fn):
    """Calls fn on every submodule, children first, then on self; returns self."""
    for module in self.children():
        module.apply(fn)
    fn(self)
    return self


def cuda(self, device=None):
    """Moves parameters and buffers to the GPU."""
    return self._apply(lambda t: t.cuda(device))


def cpu(self):
    """Moves parameters and buffers to the CPU."""
    return self._apply(lambda t: t.cpu())


def type(self, dst_type):
    """Casts all parameters and buffers to dst_type."""
    return self._apply(lambda t: t.type(dst_type))


def float(self):
    """Casts floating point parameters and buffers to float32."""
    return self._apply(lambda t: t.float() if t.is_floating_point() else t)


def double(self):
    """Casts floating point parameters and buffers to float64."""
    return self._apply(lambda t: t.double() if t.is_floating_point() else t)


def half(self):
    """Casts floating point parameters and buffers to float16."""
    return self._apply(lambda t: t.half() if t.is_floating_point() else t)


def bfloat16(self):
    """Casts floating point parameters and buffers to bfloat16."""
    return self._apply(lambda t: t.bfloat16() if t.is_floating_point() else t)


def to_empty(self, *, device, recurse=True):
    """Moves parameters and buffers to device without copying their values."""
    return self._apply(lambda t: torch.empty_like(t, device=device), recurse=recurse)


def to(self, *args, **kwargs):
    """Moves or casts parameters and buffers in place: to(device, dtype), to(dtype), to(tensor), memory_format=.

    Only floating point and complex tensors change their dtype. Returns self.
    """
    device, dtype, non_blocking, convert_to_format = torch._C._nn._parse_to(*args, **kwargs)
    if dtype is not None:
        if not (dtype.is_floating_point or dtype.is_complex):
            raise TypeError(f"nn.Module.to only accepts floating point or complex dtypes, but got desired dtype={dtype}")
        if dtype.is_complex:
            warnings.warn(
                "Complex modules are a new feature under active development whose design may change, "
                "and some modules might not work as expected when using complex tensors as parameters or buffers. "
                "Please file an issue at https://github.com/pytorch/pytorch/issues/new?template=bug-report.yml "
                "if a complex module does not work as expected."
            )

    def convert(t):
        cast = dtype if t.is_floating_point() or t.is_complex() else None
        if convert_to_format is not None and t.dim() in (4, 5):
            return t.to(device, cast, non_blocking, memory_format=convert_to_format)
        return t.to(device, cast, non_blocking)

    return self._apply(convert)


def _walk(module, atoms):
    for item in atoms:
        if not hasattr(module, item):
            raise AttributeError(module._get_name() + " has no attribute `" + item + "`")
        module = getattr(module, item)
        if not isinstance(module, torch.nn.Module):
            raise AttributeError("`" + item + "` is not an nn.Module")
    return module


def get_submodule(self, target):
    """The submodule at a dotted path; "" is the module itself. Raises AttributeError."""
    if target == "":
        return self
    return _walk(self, target.split("."))


def set_submodule(self, target, module, strict=False):
    """Puts module at a dotted path; with strict the path must hold a module already."""
    if target == "":
        raise ValueError("Cannot set the submodule without a target name!")
    atoms = target.split(".")
    if not isinstance(module, torch.nn.Module):
        raise ValueError("`module` is not an nn.Module, found " + str(module.__class__))
    parent = self.get_submodule(".".join(atoms[:-1])) if len(atoms) > 1 else self
    name = atoms[-1]
    if strict and not hasattr(parent, name):
        raise AttributeError(parent._get_name() + " has no attribute `" + name + "`")
    if hasattr(parent, name) and not isinstance(getattr(parent, name), torch.nn.Module):
        raise AttributeError("`" + name + "` is not an nn.Module")
    setattr(parent, name, module)


def get_parameter(self, target):
    """The parameter at a dotted path. Raises AttributeError."""
    module_path, _, param_name = target.rpartition(".")
    mod = self.get_submodule(module_path)
    if not hasattr(mod, param_name):
        raise AttributeError(mod._get_name() + " has no attribute `" + param_name + "`")
    param = getattr(mod, param_name)
    if not isinstance(param, Parameter):
        raise AttributeError("`" + param_name + "` is not an nn.Parameter")
    return param


def get_buffer(self, target):
    """The buffer at a dotted path. Raises AttributeError."""
    module_path, _, buffer_name = target.rpartition(".")
    mod = self.get_submodule(module_path)
    if not hasattr(mod, buffer_name):
        raise AttributeError(mod._get_name() + " has no attribute `" + buffer_name + "`")
    buffer = getattr(mod, buffer_name)
    if buffer_name not in mod._buffers:
        raise AttributeError("`" + buffer_name + "` is not a buffer")
    return buffer


def requires_grad_(self, requires_grad=True):
    """Sets requires_grad of every parameter; returns self."""
    for p in self.parameters():
        p.requires_grad_(requires_grad)
    return self


def zero_grad(self, set_to_none=True):
    """Drops every parameter's gradient, or fills it with zeros when set_to_none is false."""
    for p in self.parameters():
        if p.grad is not None:
            if set_to_none:
                p.grad = None
            else:
                if p.grad.grad_fn is not None:
                    p.grad.detach_()
                else:
                    p.grad.requires_grad_(False)
                p.grad.zero_()
