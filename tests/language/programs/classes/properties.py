import torch


@torch.jit.script
class Temp:
    def __init__(self, c: float):
        self._c = c

    @property
    def f(self) -> float:
        return self._c * 9 / 5 + 32

    @f.setter
    def f(self, v: float):
        self._c = (v - 32) * 5 / 9

    @property
    def c(self) -> float:
        return self._c


@torch.jit.script
def use(c: float):
    t = Temp(c)
    a = t.f
    t.f = 212.0
    return a, t.c, t.f


print(use(10.0))
print(use.code)


def sets_read_only(c: float):
    t = Temp(c)
    t.c = 3.0
    return t.c


try:
    torch.jit.script(sets_read_only)
except RuntimeError as e:
    print(str(e).strip())


class M(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.k = 2

    @property
    def double(self) -> int:
        return self.k * 2

    @double.setter
    def double(self, v: int):
        self.k = v // 2

    @torch.jit.unused
    @property
    def hidden(self):
        return object()

    def forward(self, n: int) -> int:
        self.double = n
        return self.double + 1


m = torch.jit.script(M())
print(m(8), m.k)
print(m.code)
