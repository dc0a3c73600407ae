from decimal import Decimal, getcontext, ROUND_HALF_UP, ROUND_DOWN, localcontext, InvalidOperation, DivisionByZero
a = Decimal('1.10'); b = Decimal('2.25')
print(a+b, a*b, b/a, b//a, b%a, -a, abs(-a), a**2)
print(repr(a), str(Decimal('1E+5')), Decimal(0.1), Decimal(10)/3)
print(Decimal('2.675').quantize(Decimal('0.01')), Decimal('2.675').quantize(Decimal('0.01'), rounding=ROUND_DOWN), Decimal('2.665').quantize(Decimal('.01'), ROUND_HALF_UP))
getcontext().prec = 10
print(Decimal(1)/7, Decimal(2).sqrt(), getcontext().prec)
with localcontext() as c:
    c.prec = 5; print(Decimal(1)/7)
print(Decimal(1)/7)
print(a < b, a == Decimal('1.1'), hash(Decimal(5)) == hash(5), Decimal('5') == 5, max(a,b))
print(sum([Decimal('0.1')]*3), Decimal('0.1')*3 == Decimal('0.3'))
print(f"{b:.1f} {b:10.3f}|{a:>8}|{Decimal('1234567.891'):,.2f}|{Decimal('0.000123'):.2e}|{a:%}")
print(int(Decimal('3.9')), float(b), round(Decimal('2.5')), round(Decimal('2.567'),2))
print(Decimal('NaN'), Decimal('Infinity'), Decimal('-0'), Decimal('NaN').is_nan())
try: Decimal(1)/0
except DivisionByZero as e: print('dz', e)
try: Decimal('abc')
except InvalidOperation as e: print('io', e)
print(Decimal('1.20').normalize(), Decimal('123.456').as_tuple(), Decimal('100').to_integral_value(), Decimal('1.5').as_integer_ratio())
print(Decimal((0,(1,2,3),-2)), Decimal('1e-10'), Decimal('0.00000001'), Decimal(3).ln(), Decimal(1).exp(), Decimal(100).log10())
print(Decimal('1.1').compare(Decimal('1.2')), Decimal('5').adjusted(), Decimal('-3').copy_abs(), Decimal(5).is_signed(), divmod(Decimal(7), 2))

import random
from decimal import Context, DecimalException, setcontext
random.seed(4)


def number():
    kind = random.random()
    if kind < 0.05:
        return Decimal(random.choice(["0", "-0", "0E+3", "Infinity", "-Infinity", "NaN"]))
    digits = random.randrange(10 ** random.choice([1, 2, 5, 12]))
    return Decimal((random.randrange(2), tuple(map(int, str(digits))), random.randrange(-8, 5)))


OPERATORS = {
    "+": lambda a, b: a + b, "-": lambda a, b: a - b, "*": lambda a, b: a * b, "/": lambda a, b: a / b,
    "//": lambda a, b: a // b, "%": lambda a, b: a % b, "cmp": lambda a, b: a.compare(b), "<": lambda a, b: a < b,
    "quantize": lambda a, b: a.quantize(b), "max": lambda a, b: a.max(b), "min": lambda a, b: a.min(b),
    "int pow": lambda a, b: a ** (len(str(b)) % 5), "sqrt": lambda a, b: abs(a).sqrt(),
    "ln": lambda a, b: abs(a).ln(), "log10": lambda a, b: abs(a).log10(),
    "exp": lambda a, b: (a / 100000).exp(), "normalize": lambda a, b: a.normalize(),
    "eng": lambda a, b: a.to_eng_string(), "int": lambda a, b: a.to_integral_value(),
    "f": lambda a, b: f"{a:.3f}|{b:12,.2f}|{a:+.2e}|{b:.4g}|{a:015.2f}|{b:<20}|{a:^20.1f}|",
    "power": lambda a, b: b if b.is_nan() else abs(a / 1000) ** (b.scaleb(-6) if abs(b) < 10 ** 8 else 2),
}
ROUNDINGS = ["ROUND_UP", "ROUND_DOWN", "ROUND_CEILING", "ROUND_FLOOR", "ROUND_HALF_UP", "ROUND_HALF_DOWN",
             "ROUND_HALF_EVEN", "ROUND_05UP"]
for turn in range(500):
    setcontext(Context(prec=random.choice([4, 9, 28]), rounding=random.choice(ROUNDINGS)))
    a, b, name = number(), number(), random.choice(list(OPERATORS))
    try:
        result = OPERATORS[name](a, b)
    except (DecimalException, ValueError) as e:
        result = type(e).__name__
    print(turn, name, a, b, result, getcontext().prec)
