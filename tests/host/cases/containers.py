l = [3, 1, 2]
l.append(5); l.extend("ab"); l.insert(1, "i"); print(l, l.pop(), l.pop(0), l.index(2), l.count(1)); l.remove("i"); l.reverse(); print(l)
l = list(range(10)); print(l[2:5], l[::-1], l[-3:], l[8:2:-2], l[20:]); l[2:4] = "xyz"; del l[0]; del l[::3]; l[::2] = [0] * len(l[::2]); print(l)
try: l[::2] = [1]
except ValueError as e: print(e)
print(sorted([3, 1, 2], reverse=True), sorted("bAc", key=str.lower), [1, 2] < [1, 3], [1] == [1.0], [1, 2] * 2, [[]] * 2, 2 in l)
rows = [("b", 2), ("a", 2), ("c", 1)]; rows.sort(key=lambda r: r[1]); print(rows); rows.sort(key=lambda r: r[1], reverse=True); print(rows)
try: [1, "a"].sort()
except TypeError as e: print(e)
a = [1]; a.append(a); print(a)
t = (1, 2, 3, 2); print(t.index(2), t.count(2), t[1:], t + (9,), t * 2, (1,), (), hash((1, 2)) == hash((1, 2)), t < (1, 3), tuple("ab"))
x, *y, z = range(5); print(x, y, z)
(a, b), [c, *d] = (1, 2), "xyz"; print(a, b, c, d)
for bad in ((1,), (1, 2, 3), 5, "abc"):
    try: p, q = bad
    except Exception as e: print(type(e).__name__, e)
try: p, *q, r2 = [1]
except ValueError as e: print(e)
d = {"a": 1, 2: "b", (1, 2): [3], None: 0, 1.5: 1}
print(d, d["a"], d[2.0], d.get("zz"), d.get("zz", 5), 2 in d, len(d), list(d), list(d.values()), list(d.items())[:2])
d.update(x=1, a=9); d.update({"q": 2}); d.update([("r", 3)]); print(d.pop("a"), d.pop("nope", None), d.setdefault("s", []), d.popitem())
try: d["missing"]
except KeyError as e: print(repr(e), e)
try: {}[[]]
except TypeError as e: print(e)
try: {[1]: 2}
except TypeError as e: print(e)
d = {True: "yes", 1: "one", 1.0: "float"}; print(d)
d = {**{"a": 1}, "b": 2, **{"a": 3}}; print(d, d | {"c": 1}, {"z": 1} | d); d |= {"e": 5}; print(d)
print(dict(a=1, b=2), dict([(1, 2)]), dict(zip("ab", [1, 2])), dict.fromkeys("ab", 0), {k: v for k, v in d.items() if k != "a"}, list(reversed(d)))
try:
    for k in d: d[k + "x"] = 1
except RuntimeError as e: print(e)
class K:
    def __init__(s, n): s.n = n
    def __hash__(s): return hash(s.n)
    def __eq__(s, o): return s.n == (o.n if isinstance(o, K) else o)
    def __repr__(s): return f"K{s.n}"
kd = {K(1): "a", K(2): "b"}; print(kd[K(1)], K(3) in kd, kd); kd[K(1)] = "c"; del kd[K(2)]; print(kd, len(kd), 1 in kd)
kv = {"x": 1, "y": 2}; ks = kv.keys(); print(ks & {"x"}, sorted(ks | {"z"}), ks - {"x"}, "x" in ks, ("x", 1) in kv.items(), kv.keys(), kv.values(), kv.items()); kv["w"] = 0; print(len(ks))
class DM(dict):
    def __missing__(s, k): s[k] = v = k * 2; return v
dm = DM(); print(dm["ab"], dm, isinstance(dm, dict), dm.get("q"))
s = {3, 1, 2}; print(s, len(s), 1 in s, s | {9}, s & {1, 7}, s - {1}, s ^ {1, 10}, {1} <= s, s > {1}, s.isdisjoint({5}), set("aab") == {"a", "b"}, frozenset([1]), set(), s == frozenset(s))
s.add(4); s.discard(99); s.remove(1); s.update([7], (8,)); print(sorted(s))
try: s.remove(99)
except KeyError as e: print(repr(e))
print({frozenset([1]): 2}[frozenset([1])], {1, True, 1.0}, {(1, 2), (1.0, 2)})
print(list(range(5, 0, -2)), range(10)[2:8:3], range(3) == range(0, 3, 1), 5 in range(0, 10, 5), len(range(10**12)), range(10).index(3), list(reversed(range(4))), range(0, 10, 3)[-1], range(5))
print(list(enumerate("ab", 1)), list(zip([1, 2], "ab", (True, False))), list(map(lambda a, b: a + b, [1, 2], [3, 4])), list(filter(None, [0, 1, "", "a"])), list(reversed("abc")))
try: list(zip([1], [1, 2], strict=True))
except ValueError as e: print(e)
print(min(3, 1), max([1, 5, 2]), min("abc", key=lambda c: -ord(c)), max([], default=None), sum([1, 2.5]), sum([[1], [2]], []), any([0, 1]), all([]), divmod(-7, 2))
try: min([])
except ValueError as e: print(e)
print(slice(1, 2), slice(None, None, -1).indices(5), [1, 2, 3][slice(1)], (lambda x: x)(x := 5), x)
print([i for i in range(3) for j in range(i)], {i % 2 for i in range(4)}, [[j for j in range(i)] for i in range(3)], sum(i * i for i in range(4)), [y := 1, y + 1])
print(b"abc"[1], b"abc"[1:], bytes([65, 66]), b"a\x00\xff", bytearray(b"xy"), b"a,b".split(b","), "é".encode(), b"\xc3\xa9".decode(), bytes(3), b"abc".hex(), int.from_bytes(b"\x01\x00", "big"), b"a" in b"cab")
print(str(list("ab")), repr({"a": {"b": (1,)}}), [None, True, ...], NotImplemented)

print({5, 3, 1}, {10, 2, 33, 4}, set(range(20, 0, -3)), {-1, -5, 7, 100, 1000}, {1.0, 2, 0.0}, {8, 16, 0, 1}, set([9, 17, 1, 25, 33]), {True, 0, 5})
