import torch
from typing import List


def work(n: int, log: List[int]) -> int:
    log.append(n)
    return n * n


@torch.jit.script
def f(n: int):
    log: List[int] = []
    a = torch.jit.fork(work, n, log)
    b = torch.jit.fork(work, n=n + 1, log=log)
    x = torch.jit.wait(b)
    y = a.wait()
    return x, y, len(log)


try:
    print(f(3))
except Exception as e:
    print(type(e).__name__, str(e).strip().splitlines()[0])
