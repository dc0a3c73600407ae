import math
import torch
from typing import List, Optional, Dict, Tuple, Any


def arithmetic(a: int, b: int):
    return a + b, a - b, a * b, a / b, a // b, a % b, a ** b, -a


def floats(a: float, b: int) -> float:
    c = a * b + 1.5
    d = c / 2
    return d ** 2 - float(b)


def bits(a: int, b: int) -> int:
    return (a & b) | (a ^ b) << 2 >> 1


def compare(a: int, b: float) -> bool:
    return a < b and b <= 3.5 or not a == 4


def chained(a: int, b: int, c: int) -> bool:
    return a < b < c


def complex_numbers(a: complex, b: float):
    return a * b + 2j, abs(a), a.real if False else b


def maths(x: float):
    return math.sqrt(x), math.floor(x), math.pi, math.sin(x) + math.pow(x, 2.0), math.inf


def casts(a: int, b: float, s: str, t: torch.Tensor):
    return int(b), float(a), bool(a), str(b), int(s), float(t), int(t), bool(t), complex(a, b)


def builtins(a: int, b: int, xs: List[int]):
    return min(a, b), max(a, b), abs(a), round(2.5), len(xs), sum(xs), sorted(xs), divmod(a, b), pow(a, b)


def unary(a: int, b: float, t: torch.Tensor):
    return -a, -b, ~a, -t, ~t, not a, -1, -2.5


def literals():
    return 1, 2.0, 1e-5, "s", True, None, 3j, 1000000000000000000, -9223372036854775808


def augmented(a: int, b: float, t: torch.Tensor, xs: List[int]):
    a += 1
    a -= 2
    a *= 3
    b /= 2.0
    t += a
    t *= 2
    xs += [1, 2]
    a <<= 1
    a |= 4
    a **= 2
    return a, b, t, xs


def no_annotation(x, y):
    return x + y


def default_args(x: int, y: int = 3, z: float = 1.5, s: str = "hi", o: Optional[int] = None, b: bool = True):
    return x + y


def returns_none(x: int):
    y = x + 1


def print_it(x: int, y: str):
    print(x, y, "done")


def hex_etc(a: int, s: str):
    return hex(a), oct(a), bin(a), chr(a), ord(s), hash(s)
