import torch


@torch.jit.script
def where(x: torch.Tensor):
    return x.device, x.dtype, x.layout, x.device.type, x.device.index


@torch.jit.script
def same(x: torch.Tensor, d: torch.device, t: torch.dtype) -> bool:
    return x.device == d and x.dtype == t


print(where(torch.ones(1)))
print(same(torch.ones(1), torch.device("cpu"), torch.float32), same(torch.ones(1).long(), torch.device("cpu"), torch.float32))
print(where.graph)
print(same.schema)


@torch.jit.script
def make(n: int):
    d = torch.device("cpu")
    return torch.zeros([n], dtype=torch.int64, device=d), torch.float16, d


print(make(2))
