import torch
from typing import Callable, Set, Type, TypeVar, Iterable, Sequence, List, Dict

T = TypeVar("T")


def callable_(f: Callable[[int], int]) -> int:
    return 1


def set_(s: Set[int]) -> int:
    return 1


def iterable_(s: Iterable[int]) -> int:
    return 1


def typevar(x: T) -> T:
    return x


def bare_list(x: List) -> int:
    return 1


def bare_builtin(x: list) -> int:
    return 1


def object_(x: object) -> int:
    return 1


def unknown(x: "Nope") -> int:
    return 1


for f in (callable_, set_, iterable_, typevar, bare_list, bare_builtin, object_, unknown):
    try:
        print(torch.jit.script(f).schema)
    except Exception as e:
        print(f.__name__, type(e).__name__, str(e).strip())
