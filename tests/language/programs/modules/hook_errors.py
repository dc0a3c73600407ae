import torch
from torch import nn
from typing import Tuple


class M(nn.Module):
    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x


def wrong_input(self, input: Tuple[int]) -> None:
    pass


def no_args(self):
    pass


def wrong_return(self, input: Tuple[torch.Tensor]) -> int:
    return 1


def wrong_output(self, input: Tuple[torch.Tensor], output: int):
    return output


for h in (wrong_input, no_args, wrong_return):
    m = M()
    m.register_forward_pre_hook(h)
    try:
        torch.jit.script(m)
        print("compiled")
    except Exception as e:
        print(type(e).__name__, str(e).strip())
m = M()
m.register_forward_hook(wrong_output)
try:
    torch.jit.script(m)
except Exception as e:
    print(type(e).__name__, str(e).strip())
