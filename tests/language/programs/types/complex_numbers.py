import torch
from typing import Any, Dict, List, Optional, Tuple, Union


@torch.jit.script
def f(z: complex, x: float):
    w = complex(x, 2)
    return z + w, z * w, z.real if False else x, w == w, abs(w), [z, w]


try:
    print(f(1 + 1j, 0.5))
except Exception as e:
    print(str(e).strip().splitlines()[0])
print(f.code)
