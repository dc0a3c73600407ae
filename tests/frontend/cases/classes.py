import torch
from enum import Enum
from typing import List, Optional, Dict, Tuple, Any


class Color(Enum):
    RED = 1
    GREEN = 2


@torch.jit.script
class Counter:
    def __init__(self, start: int):
        self.n = start
        self.items: List[int] = []

    def add(self, k: int) -> int:
        self.n += k
        self.items.append(k)
        return self.n

    def __len__(self) -> int:
        return len(self.items)

    def __getitem__(self, i: int) -> int:
        return self.items[i]

    def __add__(self, other: int) -> int:
        return self.n + other

    @property
    def total(self) -> int:
        return self.n

    @staticmethod
    def make(x: int) -> int:
        return x + 1


def use_class(n: int):
    c = Counter(n)
    c.add(3)
    c.n = 7
    c.n += 1
    return c.n, len(c), c[0], c + 4, c.total


def class_arg(c: Counter, n: int) -> Counter:
    c.add(n)
    return c


def enum_use(c: Color):
    if c == Color.RED:
        return c.name
    return str(c.value)


def enum_const(n: int):
    return Color.GREEN, Color.GREEN.value
