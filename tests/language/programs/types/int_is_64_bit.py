import torch


@torch.jit.script
def wraps(n: int) -> int:
    return n * n


@torch.jit.script
def edges() -> int:
    big = 9223372036854775807
    return big + 1


@torch.jit.script
def shifts(n: int):
    return n << 3, n >> 1, (-n) >> 1, n << 62


print(wraps(3037000500), wraps(1 << 40))
print(edges())
print(shifts(5))
print(wraps.graph)
