import torch


@torch.jit.script
def between(a: int, b: int, c: int):
    return a < b < c, a <= b <= c, a == b != c, a < b > c


@torch.jit.script
def mixed(a: int, b: float):
    return a < b, a >= b, a == b, a != b


@torch.jit.script
def strings(a: str, b: str):
    return a < b, a == b, a >= b, a != b


def called(n: int) -> int:
    print("called")
    return n


@torch.jit.script
def once(n: int) -> bool:
    return 0 < called(n) < 10


print(once(3), once(0), once(11))
print(between(1, 2, 3), between(2, 2, 1))
print(mixed(1, 1.0), mixed(2, 1.5))
print(strings("a", "b"))
print(between.code)
