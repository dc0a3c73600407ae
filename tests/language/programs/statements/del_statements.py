import torch
from typing import Dict, List


@torch.jit.script
def f(xs: List[int], d: Dict[str, int]):
    del xs[0]
    del xs[-1], d["a"]
    y = 3
    del y
    return xs, d


print(f([1, 2, 3], {"a": 1, "b": 2}))
print(f.code)


def uses_deleted():
    y = 3
    del y
    return y


def del_slice(xs: List[int]):
    del xs[0:1]
    return xs


def del_missing(d: Dict[str, int]):
    del d["zz"]
    return d


class M(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.a = 1

    def forward(self):
        del self.a
        return 1


for g in (uses_deleted, del_slice, del_missing):
    try:
        s = torch.jit.script(g)
        print(s({}) if g is del_missing else s([1, 2]))
    except RuntimeError as e:
        print(str(e).strip().splitlines()[0], "|", str(e).strip().splitlines()[-1])
try:
    torch.jit.script(M())
except RuntimeError as e:
    print(str(e).strip())
