import torch
from typing import List


@torch.jit.script
def takes_float(x: float) -> float:
    return x / 2


def int_to_float(n: int):
    return takes_float(n)


def tensor_to_int(t: torch.Tensor, xs: List[int]) -> int:
    return xs[int(t)]


def implicit_item(t: torch.Tensor) -> int:
    n: int = int(t)
    return n


def tensor_as_number(t: torch.Tensor):
    return torch.full([2], float(t))


def tensor_in_range(t: torch.Tensor) -> int:
    total = 0
    for i in range(int(t)):
        total += i
    return total


for f, args in ((int_to_float, (3,)), (tensor_to_int, (torch.tensor(1), [5, 6])), (implicit_item, (torch.tensor(7),)), (tensor_as_number, (torch.tensor(2),)), (tensor_in_range, (torch.tensor(4),))):
    try:
        print(torch.jit.script(f)(*args))
    except RuntimeError as e:
        print(str(e).strip())
