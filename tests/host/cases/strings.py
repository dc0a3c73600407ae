s = "Hello, World"
print(len(s), s[0], s[-1], s[2:5], s[::-1], s.lower(), s.upper(), s.title(), s.swapcase(), s.find("o"), s.rfind("o"), s.find("z"), s.count("l"), s.replace("l", "L", 1))
print(s.split(", "), "a b  c".split(), "a,b,c".split(",", 1), "a,b,c".rsplit(",", 1), "x\ny\r\nz".splitlines(), "abc".partition("b"), "abc".rpartition("z"), ",".join(["a", "b"]))
print("  x ".strip() + "|", "xxaxx".strip("x"), "ab".ljust(5) + "|", "ab".rjust(5, "*"), "ab".center(6, "-"), "42".zfill(5), "-42".zfill(5), "a\tb".expandtabs(4))
print("abc".startswith(("x", "a")), "abc".endswith("bc"), "abc".isalpha(), "12".isdigit(), "a1".isalnum(), " ".isspace(), "Ab".istitle(), "ab".islower(), "x_1".isidentifier(), "é".isascii())
print("a" in "abc", "a" * 3, "a" < "b", "abc"[1:], "😀x"[0], len("😀x"), "😀x"[::-1], ord("é"), chr(8364), "ß".upper(), "İ".lower() == "i̇", "a".join("xyz"))
print("%s %d %5.2f %-5s| %05d %x %o %e %r %% %c %+d" % ("s", 5, 3.14159, "l", 42, 255, 8, 12345.678, "q", "c", 3), "%(a)s" % {"a": 1}, "%s" % (1,), "%s" % [1, 2])
print("{} {0!r}".format("a") if False else "{} {}".format(1, 2), "{0} {1} {0}".format("a", "b"), "{x.real} {y[0]} {z[k]}".format(x=1, y=[5], z={"k": 3}), "{:>5}|{:<5}|{:^5}|{:+d}|{:,}|{:.3f}|{:e}|{:x}|{:#b}|{:%}".format("a", "b", "c", 5, 1234567, 3.14159, 12345.678, 255, 5, 0.25))
w, p = 10, 3
print(f"{3.14159:{w}.{p}f}|{'a':*^{w}}|{1000000:,}|{255:#06x}|{True}|{None!r:>6}|{s!r}|{{}}|{1+1=}|{s[:5]!s:>7}")
print(repr("a'b"), repr('a"b'), repr("a'\"b"), repr("\n\t\\\x00é\u200b😀"), ascii("é😀"), str(b"x"), "a\
b", r"\n", "a" "b", """tri
ple""")
print(int("42"), int(" -7 "), int("ff", 16), int("0b11", 0), int("1_000"), float("1e3"), float("inf"), float("-nan") != 0, float(" 2.5 "), str(1.0), str(1e16), str(1e-5), str(1.5e300), repr(0.1), str(123456789.123), 1e22, 1e15, 5e-324)
for bad in (lambda: int("4x"), lambda: float("x"), lambda: int("9", 8), lambda: "a" + 1, lambda: "abc".index("z"), lambda: ord("ab"), lambda: "%d" % "x", lambda: "{}".format(), lambda: "".join([1]), lambda: "x".split(""), lambda: chr(-1), lambda: int([]), lambda: "%s %s" % (1,), lambda: "%s" % (1, 2), lambda: "abc"["a"], lambda: f"{'a':d}", lambda: format(1.5, "d")):
    try: print(bad())
    except Exception as e: print(type(e).__name__, e)
print("a-b_c".translate(str.maketrans("-_", "+ ")), "abc".translate({97: None, 98: "X"}), "hello".encode("ascii"), "x".encode("utf-16-le"), "prefix_x".removeprefix("prefix_"), "x.py".removesuffix(".py"))
class S(str):
    def shout(self): return self.upper() + "!"
x = S("abc"); print(x, x.shout(), isinstance(x, str), x == "abc", {x: 1}["abc"], type(x + "d").__name__, len(x), x[1], f"{x:>5}", "-".join([x, x]), x.replace("a", "z"), repr(x))
class I(int):
    def __repr__(self): return f"I({int(self)})"
i = I(5); print(i, i + 1, type(i + 1).__name__, [i], {5: "five"}[i], i == 5, list(range(i)), "abcdefgh"[i], f"{i}", "%d" % i, str(i))
class F(float): pass
print(F(1.5), F(1.5) + 1, type(F(2)).__name__, isinstance(F(1), float), F(2) == 2)
print("a\x0bb".split(), "ǅ".title(), "ŉ".upper(), "Σ".lower(), "straße".casefold(), "x".isprintable(), "\u0660".isdigit(), "½".isnumeric())
print(format(1234.5, "_.2f"), format(-5, "05d"), format(5, "=+5d"), format(0.00001, "g"), format(1e10, "g"), format(123, "c") == "{", format("x", "<3"), format(2**70, ","), f"{1e100:.0f}"[:5], f"{12.0:n}", f"{0.5:.0%}", f"{1+2j:.1f}")
