import torch
from typing import Any, Dict, List, Optional, Tuple, Union


def spread(
    a: int,
    b: str,
) -> int:
    c = (
        a
        +
        b
    )
    return c


def long_call(x: torch.Tensor):
    return torch.cat(
        [
            x,
            x,
        ],
        "zero",
    )


def nested_blocks(n: int):
    if n > 0:
        for i in range(n):
            while n > 1:
                n = undefined_name(
                    n,
                    i,
                )
    return n


def unicode_before(s: str):
    t = "äöü" + s
    return t - "ß"


for f in (spread, long_call, nested_blocks, unicode_before):
    try:
        print(torch.jit.script(f).code)
    except Exception as e:
        print(f.__name__, type(e).__name__, str(e).strip())
