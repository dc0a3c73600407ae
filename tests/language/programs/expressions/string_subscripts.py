import torch


@torch.jit.script
def reads(s: str):
    return s[0], s[-1], s[1:3], s[:2], s[-2:], s[::2], s[::-1], len(s)


print(reads("hello"))
print(reads.code)


def writes(s: str):
    s[0] = "a"
    return s


try:
    torch.jit.script(writes)
except RuntimeError as e:
    print(str(e).strip())


@torch.jit.script
def at(s: str, i: int) -> str:
    return s[i]


try:
    at("ab", 7)
except RuntimeError as e:
    print(str(e).strip().splitlines()[-1])
