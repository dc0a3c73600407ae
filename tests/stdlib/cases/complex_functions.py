import cmath
zs = [1+2j, -1.5+0.5j, 0.25-0.75j, -2-3j, 0.5j, 3+0j, -4+0j, 1e-3+1e-3j]
# Last digits differ between C libraries: twelve of them are compared.
def show(z): return '%.11e %.11e' % (z.real, z.imag)
for name in 'exp sqrt sin cos tan sinh cosh tanh asin acos atan asinh acosh atanh log log10'.split():
    for z in zs:
        print(name, z, show(getattr(cmath, name)(z)))
print(cmath.phase(-1), cmath.polar(3+4j), cmath.rect(2, 0), cmath.isclose(1+1e-10j, 1), cmath.isnan(complex('nan')), cmath.isinf(complex('inf')), cmath.sqrt(-1), cmath.sqrt(complex(-4, -0.0)), cmath.sqrt(4), show(cmath.log(8, 2)), cmath.inf, cmath.infj)
for e in ("cmath.log(0)", "cmath.exp(1000)", "cmath.sqrt('a')", "cmath.atanh(1)"):
    try: print(eval(e))
    except Exception as x: print(type(x).__name__, x)
