import torch
from typing import List


@torch.jit.script
def collatz(n: int) -> List[int]:
    out = [n]
    while n != 1:
        if n % 2 == 0:
            n = n // 2
        else:
            n = 3 * n + 1
        out.append(n)
    return out


@torch.jit.script
def nested(n: int) -> int:
    total = 0
    i = 0
    while i < n:
        j = 0
        while True:
            j += 1
            if j > i:
                break
            if j == 2:
                continue
            total += j
        i += 1
    return total


print(collatz(6), nested(5))
print(nested.code)
print(collatz.graph)


def bad_condition(s: str):
    while s:
        s = s[1:]
    return s


for f in (bad_condition,):
    try:
        print(torch.jit.script(f).code)
    except Exception as e:
        print(type(e).__name__, str(e).strip())
