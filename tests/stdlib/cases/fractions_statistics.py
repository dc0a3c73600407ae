from fractions import Fraction as F
import statistics as s, math
print(F(3, 6), repr(F('1.25')), F('3/4') + 1, F(1, 3) * 3, F(1, 3) / 2, F(7, 2) // 1, F(7, 2) % 1, F(1, 2) ** 3, F(1, 2) ** -2, 2 ** F(3), 4 ** F(1, 2), F(0.5), F(1, 3) + 0.5, 1 - F(1, 4), F('1e-3'), F(-3, 6))
print(float(F(1, 3)), int(F(-7, 2)), round(F(7, 2)), round(F(5, 2)), round(F(22, 7), 2), math.floor(F(-1, 2)), math.ceil(F(1, 2)), abs(F(-1, 2)), -F(1, 2), F(1, 2) == 0.5, hash(F(1, 2)) == hash(0.5), F(1, 2) < F(2, 3), F(1, 2) > 0.3, F(355, 113).limit_denominator(10), F(math.pi).limit_denominator(100), divmod(F(7, 2), F(3, 2)), bool(F(0)), F(6, 4).as_integer_ratio(), {F(1, 2): 'h'}[0.5])
print(s.mean([1, 2, 3, 4]), s.mean([1.5, 2.5, 0.1]), s.median([3, 1, 2]), s.median([1, 2, 3, 4]), s.stdev([1, 2, 3, 4]), s.variance([1.5, 2.5, 4]), s.pstdev([1, 2, 3]), s.pvariance([1, 2, 3, 4]), s.mode('aabb'), s.multimode('aabb'), s.fmean([1, 2, 4]), s.harmonic_mean([40, 60]), s.quantiles(range(1, 11)), s.median_low([1, 2, 3, 4]), s.quantiles([1, 2, 3], n=3, method='inclusive'))
print(s.correlation([1, 2, 3], [2, 4, 7]), s.covariance([1, 2, 3], [2, 4, 7]), s.linear_regression([1, 2, 3], [2, 4, 7]), round(s.geometric_mean([1, 4, 16]), 12))
for e in ("F(1, 0)", "F('x')", "F(1.5, 2)", "s.mean([])", "s.stdev([1])", "F(float('nan'))"):
    try: print(eval(e))
    except Exception as x: print(type(x).__name__, x)
