import torch


@torch.jit.script
def ops(t: torch.Tensor, n: int, f: float):
    return t + n, n - t, f * t, t / n, n / t, t // n, t % n, t ** n, n ** t, -t


print(ops(torch.tensor([1.0, 2.0]), 2, 0.5))
print(ops.code)


@torch.jit.script
def bits(t: torch.Tensor, n: int):
    return t & n, t | n, t ^ n, t << n, t >> n, ~t


print(bits(torch.tensor([5, 6]), 1))
print(bits.code)
