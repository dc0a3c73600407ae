"""Switches of PyTorch's fusers: they keep what they are set to; Wick's kernels do not depend on them."""

import contextlib
import warnings
from typing import Any

import torch


def set_fusion_strategy(strategy):
    """Sets pairs of "STATIC" or "DYNAMIC" and a depth; gives the pairs that were set."""
    return torch._C._jit_set_fusion_strategy(strategy)


def enable_onednn_fusion(enabled):
    torch._C._jit_set_llga_enabled(enabled)


def onednn_fusion_enabled():
    return torch._C._jit_llga_enabled()


class strict_fusion:
    """Asks for an error where something is not fused; scripts take it as a context and nothing more."""

    def __init__(self) -> None:
        if not torch._jit_internal.is_scripting():
            warnings.warn("Only works in script mode", stacklevel=2)

    def __enter__(self):
        pass

    def __exit__(self, type: Any, value: Any, tb: Any) -> None:
        pass


@contextlib.contextmanager
def optimized_execution(should_optimize):
    """Runs its block with the executor's optimisations on or off."""
    was = torch._C._get_graph_executor_optimize()
    torch._C._set_graph_executor_optimize(should_optimize)
    try:
        yield
    finally:
        torch._C._set_graph_executor_optimize(was)


_FUSERS = ("fuser0", "fuser1", "fuser2", "fuser3")


@contextlib.contextmanager
def fuser(name):
    """Runs its block with one of PyTorch's fusers chosen."""
    if name not in _FUSERS and name != "":
        raise Exception(f"unrecognized fuser option (name: {name})")
    cpu, gpu, texpr = torch._C._jit_can_fuse_on_cpu(), torch._C._jit_can_fuse_on_gpu(), torch._C._jit_texpr_fuser_enabled()
    chosen = {"fuser0": (True, True, False), "fuser1": (True, True, True), "fuser2": (False, False, False)}
    torch._C._jit_override_can_fuse_on_cpu(chosen.get(name, (cpu, gpu, texpr))[0])
    torch._C._jit_override_can_fuse_on_gpu(chosen.get(name, (cpu, gpu, texpr))[1])
    torch._C._jit_set_texpr_fuser_enabled(chosen.get(name, (cpu, gpu, texpr))[2])
    try:
        yield
    finally:
        torch._C._jit_override_can_fuse_on_cpu(cpu)
        torch._C._jit_override_can_fuse_on_gpu(gpu)
        torch._C._jit_set_texpr_fuser_enabled(texpr)
