import torch
from typing import Union, List


def adds(x: Union[int, str]):
    return x + 1


def assigns(x: Union[int, str]) -> int:
    y: Union[int, str] = 3
    y = "a"
    y = 2.5
    return 1


def returns(x: Union[int, str]) -> int:
    if isinstance(x, str):
        return 0
    return x


def wrong(x: Union[int, str]) -> int:
    return x


for f in (adds, assigns, returns, wrong):
    try:
        print(torch.jit.script(f)(4))
    except RuntimeError as e:
        print(str(e).strip())
