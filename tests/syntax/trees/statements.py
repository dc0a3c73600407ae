import a, b.c as d, e.f.g
from a import b
from .a.b import (c as d, e,)
from . import x
from .... import y
from ...z import *
a = b = c, *d = e
a, (b, [c, *d]) = e
(a) = 1
a.b, c[d] = 1, 2
a: int
a: int = 1
(a): int = 1
a.b: int = yield
a[b]: 'str'
a += 1; b -= 2; c *= 3; d /= 4; e //= 5; f %= 6; g @= 7
a **= 1; b >>= 2; c <<= 3; d &= 4; e ^= 5; f |= yield
del a
del a, b.c, d[e]
del (a), (b, [c])
pass; pass;
assert a, b
assert (a, b)
raise
raise A
raise A from b
global gg, hh
if a: pass
elif b: pass
elif c:
    pass
else: pass
if a:
    if b: pass
    else: pass
while a:
    break
else:
    continue
for a in b: pass
for a, *b in c, *d: pass
else: pass
for (a) in b: pass
for a.b, in c: pass
for [a, b] in c:
    # a comment
	# another, indented by a tab

    pass

# at the margin
    pass
with a: pass
with a as b, c as (d, e): pass
with (a): pass
with (a, b): pass
with (a as b): pass
with (a as b, c,): pass
with (a, b) as c: pass
with (a).b as c, d: pass
with (yield): pass
with a as b.c, d as e[f]: pass
try: pass
finally: pass
try:
    pass
except: pass
try: pass
except A: pass
except (B, C) as d: pass
except: pass
else: pass
finally: pass
try: pass
except* A as b: pass
except* (C, D): pass
x = 1 ; y = 2
match = case = _ = type = 1
match.a, case[0], type(x)
match(x)
match[x]
match * x
match - x
match, x
type (x)
print(match, case)
