import torch
from typing import Optional


@torch.jit.script
def f(n: int, o: Optional[int]):
    assert n > 0
    assert n < 100, "too big"
    assert n != 50, f"fifty {n}"
    assert o is not None, "none"
    return n + o


for args in ((0, 1), (200, 1), (50, 1), (1, None), (1, 2)):
    try:
        print(f(*args))
    except Exception as e:
        print(type(e).__name__, str(e).strip().splitlines()[-1])
print(f.code)


def not_bool(s: str):
    assert s
    return 1


def int_message(n: int):
    assert n > 0, n
    return 1


for g in (not_bool, int_message):
    try:
        s = torch.jit.script(g)
        s(-1) if g is int_message else s("")
    except Exception as e:
        print(type(e).__name__, str(e).strip().splitlines()[0], str(e).strip().splitlines()[-1])
