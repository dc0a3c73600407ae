import torch
from typing import List


@torch.jit.script
def f(n: int, x: float, s: str):
    return "%d items" % n, "%s and %s" % (s, n), "%f" % x, "%i%%" % n


print(f(42, 2.5, "q"))


@torch.jit.script
def g(n: int, s: str):
    return "{} {}".format(n, s), "{1} {0}".format(n, s) if False else "", "{}".format([n]), "{}{}{}".format(1, 2.5, True)


print(g(1, "a"))
