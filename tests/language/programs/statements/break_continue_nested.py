import torch
from typing import List


@torch.jit.script
def primes(n: int) -> List[int]:
    out: List[int] = []
    for i in range(2, n):
        prime = True
        for p in out:
            if p * p > i:
                break
            if i % p == 0:
                prime = False
                break
        if not prime:
            continue
        out.append(i)
    return out


@torch.jit.script
def search(rows: List[List[int]], want: int) -> int:
    at = -1
    for i, row in enumerate(rows):
        for x in row:
            if x < 0:
                continue
            if x == want:
                at = i
                break
        if at >= 0:
            break
    return at


print(primes(30))
print(search([[1, -2], [3, 4]], 4), search([[1]], 9))
print(primes.code)

