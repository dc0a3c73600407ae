import torch


@torch.jit.script
def from_tensor(t: torch.Tensor):
    return int(t), float(t), bool(t), complex(t) if False else 1


@torch.jit.script
def scalars(n: int, f: float, b: bool, s: str):
    return float(n), bool(n), str(n), int(f), bool(f), str(f), int(b), float(b), str(b), int(s), float(s)


@torch.jit.script
def complexes(n: int, f: float):
    return complex(n, f), complex(f, n), complex(n), complex(True, 2)


print(scalars(3, 2.9, True, "12"))
print(scalars(0, -2.9, False, "-7"))
print(complexes(1, 2.5))
print(scalars.code)


@torch.jit.script
def parse(s: str) -> int:
    return int(s)


try:
    parse("x1")
except RuntimeError as e:
    print(str(e).strip().splitlines()[-1])
