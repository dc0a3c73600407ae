x = 5 if y
import
from a import
from a import b,
x = {1: }
x = {1: 2, 3}
x = {**a for a in b}
[*a for a in b]
(*a)
try: pass
except A, B: pass
try: pass
x = = 1
a <> b
a ! b
i++
else: pass
x = a[1:2:3:4]
raise x from
async x
@a
x = 1
