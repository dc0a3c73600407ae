import enum
import torch
from typing import List


class Color(enum.Enum):
    RED = 1
    GREEN = 2


class Mode(enum.Enum):
    FAST = "fast"
    SLOW = "slow"


@torch.jit.script
def pick(c: Color, m: Mode) -> str:
    if c == Color.RED:
        return m.name + "/" + m.value
    return c.name + str(c.value)


@torch.jit.script
def every():
    out: List[str] = []
    for c in Color:
        out.append(c.name)
    return out, Color.GREEN, Color.RED != Color.GREEN


print(pick(Color.RED, Mode.SLOW), pick(Color.GREEN, Mode.FAST))
print(every())
print(pick.graph)
print(pick.code)
