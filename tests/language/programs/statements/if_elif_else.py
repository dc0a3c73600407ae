import torch


@torch.jit.script
def grade(n: int) -> str:
    if n > 90:
        g = "A"
    elif n > 80:
        g = "B"
    elif n > 70:
        g = "C"
    else:
        g = "F"
    return g


print([grade(n) for n in (95, 85, 75, 5)])
print(grade.graph)
print(grade.code)


def only_one(n: int):
    if n > 0:
        x = 1
    return x


def differ(n: int):
    if n > 0:
        x = 1
    else:
        x = "a"
    return x


def partly(n: int):
    if n > 0:
        x = 1
        y = 2
    else:
        x = 3
    return x + y


for f in (only_one, differ, partly):
    try:
        torch.jit.script(f)
    except RuntimeError as e:
        print(str(e).strip())
