import torch
from typing import Any, List


@torch.jit.script
def kind(x: Any) -> str:
    if isinstance(x, int):
        return "int " + str(x + 1)
    elif isinstance(x, str):
        return "str " + x
    elif isinstance(x, torch.Tensor):
        return "tensor " + str(x.dim())
    elif isinstance(x, List[int]):
        return "list " + str(len(x))
    return "other"


for v in (1, "a", torch.ones(2, 2), [1, 2, 3], 1.5, (1, 2)):
    print(kind(v))
print(kind.code)


def add_any(x: Any) -> Any:
    return x + 1


try:
    torch.jit.script(add_any)
except RuntimeError as e:
    print(str(e).strip())
