import torch
from typing import List, Optional


class NoInitCall:
    def __init__(self, x: int):
        self.x = x

    def late(self):
        self.y = 3


class InIf:
    def __init__(self, x: int):
        if x > 0:
            self.a = 1
        else:
            self.a = 2


class WrongType:
    def __init__(self, x: int):
        self.x = x

    def set(self):
        self.x = "s"


class Reads:
    def __init__(self):
        self.x = 1

    def get(self):
        return self.missing


class NoSelf:
    def __init__(self):
        self.x = 1

    def f():
        return 1


class BadReturn:
    def __init__(self):
        self.x = 1

    def f(self) -> str:
        return self.x


for c in (NoInitCall, InIf, WrongType, BadReturn, NoSelf):
    try:
        print(torch.jit.script(c).__name__)
    except RuntimeError as e:
        print(c.__name__, str(e).strip())
