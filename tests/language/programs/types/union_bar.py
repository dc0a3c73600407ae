import torch


def f(x: int | str | None) -> str:
    if x is None:
        return "none"
    if isinstance(x, int):
        return str(x + 1)
    return x + x


s = torch.jit.script(f)
print(s(None), s(3), s("ab"))
print(s.schema)


def g(x: list[int] | float):
    if isinstance(x, float):
        return x
    return float(len(x))


print(torch.jit.script(g).schema, torch.jit.script(g)([1, 2]))
