"""A loop with an if inside: the number of rounds and the way each goes depend on the arguments."""

import torch


@torch.jit.script
def control_flow(x: torch.Tensor, n: int) -> torch.Tensor:
    total = torch.zeros_like(x)
    for i in range(n):
        if i % 2 == 0:
            total = total + x * i
        else:
            total = total - x / 2
    return total


if __name__ == "__main__":
    print(control_flow(torch.tensor([1.0, 2.0, 3.0]), 5))
