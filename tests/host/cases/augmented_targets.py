log = []
class O:
    def __getattr__(self, n): log.append("get " + n); return 1
    def __setattr__(self, n, v): log.append(f"set {n} {v}")
    def __getitem__(self, k): log.append(f"getitem {k}"); return 10
    def __setitem__(self, k, v): log.append(f"setitem {k} {v}")
    def __delitem__(self, k): log.append(f"delitem {k}")
    def __delattr__(self, k): log.append(f"delattr {k}")
def o(): log.append("o()"); return ob
def k(): log.append("k()"); return "key"
ob = O()
o().a += 5; o()[k()] -= 1; o().b = o()[1]; del o()[2], o().z
o()[k()], o().c = 1, 2
(o().d, [o()[5], *o().rest]) = 1, (2, 3, 4)
print(log)
a = b = c = []; a.append(1); print(b, c)
x, (y, z) = 1, [2, 3]; x, y = y, x; print(x, y, z)
l = [1, 2, 3]; i = 0; i, l[i] = 2, "z"; print(i, l)
for i, (p, q) in enumerate([(1, 2), (3, 4)]): print(i, p, q)
for ob.attr in [1]: pass
print(log[-1])
[a, b] = 1, 2; print(a, b)
(a), b = 3, 4; print(a, b)
*a, = range(3); print(a)
with open(__file__) as l[0]: pass
print(type(l[0]).__name__)
d = {}; d["a"], d["b"] = 1, 2; print(d)
def f():
    global gg
    gg = 1; gg += 1
    for gg in range(5): pass
    return gg
print(f(), gg)
s = "a"; s *= 3; s += "b"; print(s)
t = [1, 2]; t[0] += 10; t[-1] *= 5; print(t)
n = None
try: n += 1
except TypeError as e: print(e)
try: undefined_aug += 1
except NameError as e: print(e)
def loc():
    try: v += 1
    except UnboundLocalError as e: print(e)
    v = 1
loc()
x = y = 0
while x < 10:
    x += 1
    if x % 2: continue
    if x == 8: break
    y += x
else: print("no")
print(x, y)
while x: x -= 1
else: print("else ran")
for _ in []: pass
else: print("empty else")
r = []
for i in range(3):
    for j in range(3):
        if j == 2: break
        if i == 1: continue
        r.append((i, j))
    else: r.append("never")
print(r)
lst = [1, 2, 3, 4]
for v in lst:
    if v == 2: lst.remove(v)
print(lst)
print([(i, j) for i in range(2) for j in range(i + 1)], [[0] * 2 for _ in range(2)])
if (m := len(lst)) > 2 and (w := m * 2): print(m, w)
print(f"{(lambda v: v * 2)(4)} {'nested ' + f'{1 + 1}'} {d['a']!r:>3} {3:{'>'}{5}} {{x}}")
assert (1, "always true") if True else 0
pass; print("semi"); print("colon")
if 1: print("one line")
lam = lambda a, *b, c=1, **d: (a, b, c, d); print(lam(1, 2, c=3, e=4))
print(1 if 0 else 2 if 0 else 3, not 1 == 2, 1 in [1] == True, (yield_ := 5))
print(1_000, 0xff, 0o17, 0b11, 1e3, .5, 5., 1j, "\x41\u00e9\N{BULLET}", b"\x41\n")
