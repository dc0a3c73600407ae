import torch
from typing import List


@torch.jit.interface
class Shape:
    def area(self, k: float) -> float:
        pass

    def name(self) -> str:
        pass


@torch.jit.script
class Square:
    def __init__(self, s: float):
        self.s = s

    def area(self, k: float) -> float:
        return self.s * self.s * k

    def name(self) -> str:
        return "square"


@torch.jit.script
class Round:
    def __init__(self, r: float):
        self.r = r

    def area(self, k: float) -> float:
        return 3.0 * self.r * self.r * k

    def name(self) -> str:
        return "round"


@torch.jit.script
def total(shapes: List[Shape], k: float) -> float:
    t = 0.0
    for s in shapes:
        print(s.name())
        t += s.area(k)
    return t


@torch.jit.script
def f(k: float) -> float:
    shapes: List[Shape] = [Square(2.0), Round(1.0)]
    one: Shape = Square(1.0)
    shapes.append(one)
    return total(shapes, k)


print(f(1.0))
print(f.code)


@torch.jit.script
class Flat:
    def __init__(self):
        self.x = 1

    def area(self, k: int) -> float:
        return 1.0


def bad():
    s: Shape = Flat()
    return s.area(1.0)


try:
    torch.jit.script(bad)
except RuntimeError as e:
    print("\n".join(l for l in str(e).strip().splitlines() if "compilation unit" not in l))
