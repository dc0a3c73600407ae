import torch
from typing import Any, Dict, List, Optional, Tuple, Union


@torch.jit.script
def f(xs: List[torch.Tensor], d: Dict[str, torch.Tensor], o: Optional[torch.Tensor]):
    out = torch.cat(xs)
    for k, v in d.items():
        out = torch.cat([out, v])
    if o is not None:
        out = out + o
    xs.append(out)
    return out, len(xs), xs[-1] is out


print(f([torch.ones(1), torch.zeros(2)], {"a": torch.ones(1)}, torch.tensor(2.0)))
print(f([torch.ones(1)], {}, None))
print(f.code)
