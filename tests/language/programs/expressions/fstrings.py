import torch
from typing import List


@torch.jit.script
def f(n: int, x: float, s: str, xs: List[int]):
    return f"n={n} x={x} s={s} xs={xs} sum={n + 1}", f"plain", f"{s}{s}", f"{{braces}}"


print(f(3, 2.5, "q", [1, 2]))
print(f.code)


def spec(x: float):
    return f"{x:.2f}"


def conversion(s: str):
    return f"{s!r}"


for g in (spec, conversion):
    try:
        print(torch.jit.script(g)(1.0 if g is spec else "a"))
    except Exception as e:
        print(type(e).__name__, str(e).strip())
