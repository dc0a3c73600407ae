class V:
    def __init__(s, x): s.x = x
    def __repr__(s): return f"V({s.x})"
    def __add__(s, o): return V(s.x + (o.x if isinstance(o, V) else o))
    def __radd__(s, o): return V(o + s.x)
    def __iadd__(s, o): s.x += 100; return s
    def __sub__(s, o): return NotImplemented
    def __rsub__(s, o): return "rsub"
    def __mul__(s, o): return ("mul", o)
    def __rmul__(s, o): return ("rmul", o)
    def __matmul__(s, o): return "mm"
    def __truediv__(s, o): return "td"
    def __floordiv__(s, o): return "fd"
    def __mod__(s, o): return "mod"
    def __pow__(s, o, m=None): return ("pow", o, m)
    def __rpow__(s, o): return ("rpow", o)
    def __lshift__(s, o): return "ls"
    def __rshift__(s, o): return "rs"
    def __and__(s, o): return "and"
    def __or__(s, o): return "or"
    def __xor__(s, o): return "xor"
    def __neg__(s): return "neg"
    def __pos__(s): return "pos"
    def __invert__(s): return "inv"
    def __abs__(s): return "abs"
    def __divmod__(s, o): return "dm"
    def __round__(s, n=None): return ("round", n)
    def __lt__(s, o): return s.x < o.x
    def __le__(s, o): return "le"
    def __int__(s): return 42
    def __float__(s): return 4.5
    def __getitem__(s, k): return k
    def __contains__(s, k): return k == 1
    def __format__(s, spec): return "<" + spec + ">"
v = V(1)
print(v + 1, 1 + v, v + V(2), v * 2, 2 * v, v @ v, v / 1, v // 1, v % 1, v ** 2, 2 ** v, pow(v, 2, 3), v << 1, v >> 1, v & 1, v | 1, v ^ 1)
print(-v, +v, ~v, abs(v), divmod(v, 1), round(v), round(v, 2), v < V(2), v > V(2), v <= v, v >= v, int(v), float(v))
print(v[1:2, ..., None], v[1, 2], v[::2], 1 in v, 2 in v, f"{v:abc}", format(v))
w = v; w += 1; print(w is v, v)
try: v - V(2)
except TypeError as e: print(e)
print(5 - v)
for code in ("1 + 'a'", "'a' + 1", "[1] + (2,)", "None < 1", "1 < 'a'", "[] * 'a'", "{} + {}", "-'a'", "1 @ 2", "len(5)", "'a' * 1.5", "1 in 5", "'a' - 1", "~1.5", "1 << -1", "5 % 0", "5.0 // 0", "1 / 0", "2.0 % 0.0", "0 ** -1", "[1][1.5]", "(1,)['a']", "{}['k']", "[][0]", "'abc'[5]", "b'a' + 'b'", "1 & 1.0", "x"):
    try: print(code, eval(code))
    except Exception as e: print(code, type(e).__name__, e)
class R(V):
    def __radd__(s, o): return "R.radd"
print(V(1) + R(2))
a = 5; a += 1; a -= 2; a *= 3; a //= 2; a **= 2; a %= 7; a <<= 3; a |= 1; a ^= 2; a &= 15; a >>= 1; print(a)
l = [1]; m = l; l += (2,); l *= 2; print(m, l is m)
s = {1}; s |= {2}; s -= {1}; print(s)
t = (1,); u = t; t += (2,); print(t, u)
x = 3
print(1 < x < 5, 1 < x > 5, x == 3 == 3.0, 1 < 2 < 3 < x, not x, x is None, x is not None, x and "y", 0 or [] or "z", x if x > 1 else 0)
print(7 // 2, -7 // 2, 7 % -3, -7 % 3, 7.5 // 2, -7.5 % 2, 2 ** 10, 2 ** -1, 2 ** 100, (-8) ** (1/3), 10 / 4, 1e308 * 10, -0.0, 0 * -5)
print(10**20 + 1, 2**64 - 2**63, -(2**70) // 3, (2**70) % 1000, 2**53 + 1, 9007199254740993 * 3, 1 << 80, (1 << 80) >> 70, ~(2**60), 6 & -4, 2**65 ^ 1)
print(True + True, True * 1.5, 1 == 1.0 == True, hash(1) == hash(1.0), 3 == 3 + 0j, 1 + 2j * 3, (1+2j) * (3-1j), abs(3+4j), complex("1+2j").imag, 1j ** 2)
print(round(2.5), round(3.5), round(-2.5), round(2.675, 2), round(1234, -2), round(15, -1), round(25, -1), round(1.5), round(0.1 + 0.2, 3))
