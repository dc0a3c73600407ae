import math
print(math.pi, math.sqrt(2), math.erf(0.5), "%.14g" % math.erfc(3.0), math.gamma(5.5), math.lgamma(10.5), math.lgamma(100.0), math.comb(50, 25), math.factorial(30))
print(math.fsum([.1]*10), math.hypot(3,4), math.hypot(1,2,3), math.log(10**400), math.floor(-1.5), math.ceil(1.2), math.gcd(12, 18), math.lcm(4, 6), math.isclose(1, 1+1e-10))
print(math.log2(8), math.log10(1000), math.log(8, 2), math.exp(1), math.modf(-1.5), math.frexp(10.0), math.ulp(1.0), math.nextafter(1.0, 2), math.remainder(7, 4), math.prod([1,2,3.5]))
for e in ("math.sqrt(-1)", "math.log(0)", "math.exp(1000)", "math.floor('a')", "math.factorial(-1)", "math.acos(2)", "math.sqrt('a')", "math.inf - math.inf", "math.floor(math.inf)", "math.fmod(1, 0)", "math.pow(0, -1)", "math.factorial(1.5)"):
    try: print(e, eval(e))
    except Exception as x: print(e, type(x).__name__, x)
