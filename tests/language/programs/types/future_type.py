import torch
from typing import List


def work(x: torch.Tensor, k: int) -> torch.Tensor:
    return x * k


@torch.jit.script
def run(x: torch.Tensor) -> torch.Tensor:
    futures: List[torch.jit.Future[torch.Tensor]] = []
    for i in range(3):
        futures.append(torch.jit.fork(work, x, i))
    out = torch.zeros_like(x)
    for f in futures:
        out += torch.jit.wait(f)
    return out


print(run(torch.ones(2)))
print(run.graph)
print(run.code)
