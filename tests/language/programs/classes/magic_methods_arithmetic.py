import torch


@torch.jit.script
class V:
    def __init__(self, x: int):
        self.x = x

    def __add__(self, o: "V") -> "V":
        return V(self.x + o.x)

    def __sub__(self, o: "V") -> "V":
        return V(self.x - o.x)

    def __mul__(self, k: int) -> "V":
        return V(self.x * k)

    def __truediv__(self, k: int) -> float:
        return self.x / k

    def __floordiv__(self, k: int) -> int:
        return self.x // k

    def __mod__(self, k: int) -> int:
        return self.x % k

    def __pow__(self, k: int) -> int:
        return self.x * k

    def __neg__(self) -> "V":
        return V(-self.x)

    def __and__(self, o: "V") -> int:
        return self.x & o.x

    def __or__(self, o: "V") -> int:
        return self.x | o.x

    def __xor__(self, o: "V") -> int:
        return self.x ^ o.x


@torch.jit.script
def f(n: int):
    a = V(n)
    b = V(2)
    return (a + b).x, (a - b).x, (a * 3).x, a / 2, a % 2, a ** 2, (-a).x, a & b, a | b, a ^ b


print(f(7))
print(f.code)
