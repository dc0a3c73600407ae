import torch


@torch.jit.script
class C:
    def __init__(self, x: int):
        self.x = x

    @staticmethod
    def add(a: int, b: int = 2) -> int:
        return a + b

    @classmethod
    def make(cls, x: int):
        return C(x)


@torch.jit.script
def f(n: int):
    return C.add(n), C.add(n, b=5), C(n).make(7).x


print(f(1))
print(f.code)
print(C.add(1), C.make(4).x)
