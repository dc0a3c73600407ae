import torch
from typing import Any, List


@torch.jit.script
class Ctx:
    def __init__(self, name: str):
        self.name = name
        self.log: List[str] = []

    def __enter__(self) -> str:
        print("enter " + self.name)
        return self.name + "!"

    def __exit__(self, type: Any, value: Any, tb: Any) -> None:
        print("exit " + self.name)


@torch.jit.script
def f(n: int) -> int:
    with Ctx("a") as a:
        print(a)
        with Ctx("b"), Ctx("c") as c:
            n += len(c)
    return n


print(f(1))
print(f.graph)
print(f.code)


@torch.jit.script
def returns(n: int) -> int:
    with Ctx("r"):
        if n > 0:
            return n
        print("not positive")
    return -n


print(returns(1), returns(-1))


@torch.jit.script
class NoExit:
    def __init__(self):
        self.x = 1

    def __enter__(self):
        return self.x


def bad():
    with NoExit():
        pass


def not_ctx(n: int):
    with n:
        pass


for g in (bad, not_ctx):
    try:
        torch.jit.script(g)
    except RuntimeError as e:
        print(str(e).strip())
