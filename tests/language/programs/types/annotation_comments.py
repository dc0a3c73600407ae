import torch
from typing import List, Tuple, Dict, Optional


@torch.jit.script
def one_line(x, n, names):
    # type: (Tensor, int, List[str]) -> Tuple[Tensor, str]
    return x * n, names[n]


@torch.jit.script
def multi(
    a,  # type: int
    b,  # type: Optional[str]
):
    # type: (...) -> str
    if b is None:
        return str(a)
    return b * 1 if False else b + str(a)


class M(torch.nn.Module):
    def forward(self, x, d):
        # type: (Tensor, Dict[str, int]) -> Tensor
        return x + d["k"]


print(one_line.schema, multi.schema, torch.jit.script(M()).forward.schema)
print(one_line(torch.ones(1), 1, ["a", "b"]), multi(3, None), multi(3, "q"))
print(torch.jit.script(M())(torch.zeros(1), {"k": 4}))


def mismatch(x, y):
    # type: (Tensor) -> Tensor
    return x


try:
    torch.jit.script(mismatch)
except RuntimeError as e:
    print(str(e).strip())
