import torch
from typing import NamedTuple


class P(NamedTuple):
    x: int
    y: float


def missing():
    return P(1)


def wrong_type():
    return P("a", 1.0)


def unknown_field(p: P):
    return p.z


def bad_index(p: P):
    return p[2]


def sets(p: P):
    p.x = 3
    return p


for f in (missing, wrong_type, unknown_field, bad_index, sets):
    try:
        print(torch.jit.script(f).code)
    except RuntimeError as e:
        print(str(e).strip())
