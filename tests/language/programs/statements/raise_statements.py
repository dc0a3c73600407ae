import torch


class Custom(Exception):
    pass


@torch.jit.script
def f(n: int) -> int:
    if n == 0:
        raise ValueError("zero")
    elif n == 1:
        raise Custom("one " + str(n))
    elif n == 2:
        raise RuntimeError
    elif n == 3:
        raise IndexError("three")
    elif n == 4:
        raise NotImplementedError("four")
    return n


for i in range(6):
    try:
        print(f(i))
    except Exception as e:
        print(type(e).__name__)
        print(str(e))
print(f.graph)
print(f.code)


def not_exception(n: int):
    raise n


def string():
    raise "text"



for g in (not_exception, string):
    try:
        print(torch.jit.script(g).code)
    except Exception as e:
        print(type(e).__name__, str(e).strip())
