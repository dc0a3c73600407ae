import inspect
import operator
import sys

for what in [lambda: "a" * 10 ** 12, lambda: "a" * 10 ** 20, lambda: [0] * 10 ** 12, lambda: b"a" * 10 ** 13,
             lambda: (1,) * 10 ** 20, lambda: bytearray(b"ab") * 10 ** 20]:
    try:
        what()
    except (MemoryError, OverflowError) as e:
        print(type(e).__name__, e)
print("ab" * -1, [1] * -10, b"ab" * 2, "" * 5, 3 * bytearray(b"x"), b"" * 10)
large = 10 ** 5000
for what in [lambda: str(large), lambda: int("1" * 5000), lambda: f"{large}", lambda: sys.set_int_max_str_digits(5)]:
    try:
        what()
    except ValueError as e:
        print(e)
print(sys.get_int_max_str_digits())
sys.set_int_max_str_digits(0)
print(len(str(large)), len(str(10 ** 100000)))

print(operator.countOf([1, 1.0, 2], 1), operator.indexOf("abc", "c"), operator.call(len, [1]), operator.iconcat([1], [2]))
it = iter([1, 2, 3])
print(operator.length_hint([1, 2]), next(it), operator.length_hint(5, 7))


def f(a, b: int = 2, *c, d, e: str = "x", **k) -> float:
    pass


print(sorted(inspect.getcallargs(f, 1, d=3).items(), key=str), inspect.getfullargspec(f))
print(inspect.Parameter.empty)
