import torch


def f(x: int) -> int:
    if torch.jit.is_scripting():
        return x + 1
    else:
        return [z for z in [x]][0]


def g(x: int) -> int:
    if not torch.jit.is_scripting():
        import os
    return x


print(f(5), torch.jit.script(f)(5))
print(torch.jit.script(f).code)
try:
    print(torch.jit.script(g).code)
except Exception as e:
    print(type(e).__name__, str(e).strip())


@torch.jit.script
def h() -> bool:
    return torch.jit.is_scripting()


print(h(), torch.jit.is_scripting(), torch.jit.is_tracing())
print(h.code)
