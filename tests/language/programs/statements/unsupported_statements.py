import torch


def try_(n: int):
    try:
        return n
    finally:
        pass


def global_(n: int):
    global G
    G = n
    return n


def nonlocal_(n: int):
    x = 1

    def inner():
        nonlocal x
        x = 2

    return x


def import_(n: int):
    import math
    return n


def class_(n: int):
    class A:
        pass
    return n


async def async_(n: int):
    return n


def match_(n: int):
    match n:
        case 1:
            return 2
    return n


def for_else(n: int):
    for i in range(n):
        pass
    else:
        n = 1
    return n


def star_target(n: int):
    a.b.c = n
    return n


for f in (try_, global_, nonlocal_, import_, class_, async_, match_, for_else, star_target):
    try:
        print(torch.jit.script(f).code)
    except Exception as e:
        print(f.__name__, type(e).__name__, str(e).strip())
