return 1
yield 2
await z
nonlocal m
break
def f(x, x):
    global x
    y = 1
    global y
    print(z)
    global z
    nonlocal q
    from a import *
    continue
    return [(yield 1) for i in x]
class A:
    return 1
    [w := 1 for i in z]
[i := 1 for i in z]
[1 for i in (j := z)]
f(a=1, a=2)
a, *b, *c = d
__debug__ = 1
from __future__ import nope
def g():
    await x
    async with y: pass
    return [i async for i in z]
async def h():
    yield 1
    return 2
for i in x:
    def k():
        break
try: pass
except* A:
    continue
