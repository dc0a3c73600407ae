import enum
import torch


class Color(enum.Enum):
    RED = 1


def no_member():
    return Color.BLUE


def wrong(c: Color) -> int:
    return c + 1


def called(c: Color):
    return Color(1)


for f in (no_member, wrong, called):
    try:
        print(torch.jit.script(f).code)
    except RuntimeError as e:
        print(str(e).strip())
