import torch
from typing import Dict, List, Optional, Tuple


@torch.jit.script
def f(a: int, b: List[Optional[torch.Tensor]], c: Dict[str, Tuple[int, float]], d: Optional[torch.device] = None) -> Tuple[int, str]:
    return a, "x"


print(f.schema)
print(f.name, f.qualified_name)
print(type(f), repr(f)[:30])


class M(torch.nn.Module):
    def forward(self, x, n: int = 3):
        return x * n


m = torch.jit.script(M())
print(m.forward.schema, m.forward.name)
print(m.original_name, type(m).__name__)
