import torch
from typing import Any, Dict, List, Optional, Tuple, Union


def no_match(x: torch.Tensor):
    return torch.add(x)


def wrong_kwarg(x: torch.Tensor):
    return torch.add(x, x, beta=2)


def positional(x: torch.Tensor):
    return x.view("a")


def wrong_dim(x: torch.Tensor):
    return torch.cat(x, 0)


def missing_arg(x: torch.Tensor):
    return torch.transpose(x, 0)


for f in (no_match, wrong_kwarg, positional, wrong_dim, missing_arg):
    try:
        print(torch.jit.script(f).code)
    except Exception as e:
        print(f.__name__, type(e).__name__, str(e).strip())
