"""Freezing of script modules, and what optimises frozen ones."""

from collections import OrderedDict

import torch
from torch.jit._script import RecursiveScriptModule, ScriptModule


def freeze(mod, preserved_attrs=None, optimize_numerics=True):
    """A copy of a script module in eval mode whose attributes, but those preserved or changed, are constants."""
    if not isinstance(mod, ScriptModule):
        raise RuntimeError(
            "Freezing expects a ScriptModule as input. "
            "Please use torch.jit.script or torch.jit.trace to script your 'nn.Module'."
        )
    if mod.training:
        raise RuntimeError(
            "Freezing is currently only implemented for modules in eval mode. "
            "Please call .eval() on your module before freezing."
        )
    kept = [] if preserved_attrs is None else preserved_attrs
    out = RecursiveScriptModule(torch._C._freeze_module(mod._c, kept))
    # PyTorch's frozen modules list no submodules; those that are left are found as attributes.
    out.__dict__["_modules"] = OrderedDict()
    run_frozen_optimizations(out, optimize_numerics, [name for name in kept if mod._c._has_method(name)])
    return out


def run_frozen_optimizations(mod, optimize_numerics=True, preserved_methods=None):
    """Folds what follows layers of constant weights into them; `optimize_numerics` allows rounding to differ."""
    if mod._c._has_method("forward"):
        torch._C._jit_pass_optimize_frozen_graph(mod.graph, optimize_numerics)
    for name in preserved_methods or []:
        torch._C._jit_pass_optimize_frozen_graph(getattr(mod, name).graph, optimize_numerics)


def optimize_for_inference(mod, other_methods=None):
    """Freezes a module that is not frozen, and prepares its graphs for this machine."""
    if not isinstance(mod, ScriptModule):
        raise RuntimeError(
            "optimize_for_inference expects a ScriptModule as input. "
            "Please use torch.jit.script or torch.jit.trace to script your 'nn.Module'."
        )
    methods = [] if other_methods is None else other_methods
    if hasattr(mod, "training"):
        mod = freeze(mod.eval(), preserved_attrs=methods)
    torch._C._jit_pass_optimize_for_inference(mod._c, methods)
    return mod
