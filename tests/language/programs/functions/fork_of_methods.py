import torch
from typing import List


class Sub(torch.nn.Module):
    def __init__(self, k: int):
        super().__init__()
        self.k = k

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x * self.k


class M(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.subs = torch.nn.ModuleList([Sub(1), Sub(2), Sub(3)])

    def part(self, x: torch.Tensor, n: int) -> torch.Tensor:
        return x + n

    def forward(self, x: torch.Tensor):
        futures: List[torch.jit.Future[torch.Tensor]] = []
        for i, s in enumerate(self.subs):
            futures.append(torch.jit.fork(s, x))
        futures.append(torch.jit.fork(self.part, x, 10))
        results: List[torch.Tensor] = []
        for f in futures:
            results.append(torch.jit.wait(f))
        return torch.stack(results)


m = torch.jit.script(M())
print(m(torch.ones(2)))
print(m.graph)


def not_callable(n: int):
    return torch.jit.fork(n, 1)


def no_args():
    return torch.jit.fork()


def waits_int(n: int):
    return torch.jit.wait(n)


for f in (not_callable, no_args, waits_int):
    try:
        torch.jit.script(f)
    except RuntimeError as e:
        print(str(e).strip())
