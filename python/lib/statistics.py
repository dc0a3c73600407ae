"""Averages and spreads of data. Sums are exact, in fractions."""
from fractions import Fraction
from math import sqrt as _sqrt

__all__ = ['StatisticsError', 'fmean', 'geometric_mean', 'harmonic_mean', 'mean', 'median', 'median_high', 'median_low', 'mode',
           'multimode', 'pstdev', 'pvariance', 'quantiles', 'stdev', 'variance', 'correlation', 'covariance', 'linear_regression']


class StatisticsError(ValueError):
    pass


def _same_kind(values, result):
    """The exact result as the data's own type: float for floats, int when whole and the data are ints."""
    if any(isinstance(v, float) for v in values):
        return float(result)
    if all(isinstance(v, int) for v in values):
        return int(result) if result.denominator == 1 else float(result)
    return result


def _needs(data, function, count, what='data point'):
    data = list(data)
    if len(data) < count:
        words = {1: 'one', 2: 'two'}[count]
        raise StatisticsError(f"{function} requires at least {words} {what}{'s' if count > 1 else ''}")
    return data


def _finite(data):
    return all(not isinstance(v, float) or v - v == 0 for v in data)


def mean(data):
    data = _needs(data, 'mean', 1)
    if not _finite(data):
        return sum(data) / len(data)
    return _same_kind(data, sum(map(Fraction, data)) / len(data))


def fmean(data, weights=None):
    from math import fsum
    data = list(data)
    if weights is None:
        if not data:
            raise StatisticsError('fmean requires at least one data point')
        return fsum(data) / len(data)
    weights = list(weights)
    if len(weights) != len(data):
        raise StatisticsError('data and weights must be the same length')
    total = fsum(weights)
    if not total:
        raise StatisticsError('sum of weights must be non-zero')
    return fsum(a * b for a, b in zip(data, weights)) / total


def geometric_mean(data):
    from math import exp, log
    try:
        return exp(fmean(map(log, data)))
    except ValueError:
        raise StatisticsError('geometric mean requires a non-empty dataset containing positive numbers') from None


def harmonic_mean(data, weights=None):
    data = list(data)
    if not data:
        raise StatisticsError('harmonic_mean requires at least one data point')
    if any(x < 0 for x in data):
        raise StatisticsError('harmonic mean does not support negative values')
    weights = [1] * len(data) if weights is None else list(weights)
    if any(not x for x in data):
        return 0
    parts = [w / x for w, x in zip(weights, data)]
    return _same_kind(parts, sum(map(Fraction, weights)) / sum(map(Fraction, parts)))


def _middle(data):
    data = sorted(data)
    if not data:
        raise StatisticsError('no median for empty data')
    return data, len(data)


def median(data):
    data, n = _middle(data)
    return data[n // 2] if n % 2 else (data[n // 2 - 1] + data[n // 2]) / 2


def median_low(data):
    data, n = _middle(data)
    return data[(n - 1) // 2]


def median_high(data):
    data, n = _middle(data)
    return data[n // 2]


def multimode(data):
    from collections import Counter
    counts = Counter(iter(data))
    most = max(counts.values(), default=0)
    return [value for value, count in counts.items() if count == most]


def mode(data):
    found = multimode(data)
    if not found:
        raise StatisticsError('no mode for empty data')
    return found[0]


def _spread(data, center):
    data = list(data)
    c = sum(map(Fraction, data)) / len(data) if center is None else Fraction(center)
    return sum((Fraction(x) - c) ** 2 for x in data)


def variance(data, xbar=None):
    data = _needs(data, 'variance', 2)
    return _same_kind(data, _spread(data, xbar) / (len(data) - 1))


def pvariance(data, mu=None):
    data = _needs(data, 'pvariance', 1)
    return _same_kind(data, _spread(data, mu) / len(data))


def _root(f):
    """The square root of a fraction, correctly rounded."""
    from math import isqrt
    n, m = f.numerator, f.denominator
    if n == 0:
        return 0.0
    shift = (n.bit_length() - m.bit_length() - 109) // 2
    if shift >= 0:
        a, b = n, m << 2 * shift
    else:
        a, b = n << -2 * shift, m
    root = isqrt(a // b)
    root |= root * root * b != a
    return float(Fraction(root) * Fraction(2) ** shift)


def stdev(data, xbar=None):
    data = _needs(data, 'stdev', 2)
    return _root(_spread(data, xbar) / (len(data) - 1))


def pstdev(data, mu=None):
    data = _needs(data, 'pstdev', 1)
    return _root(_spread(data, mu) / len(data))


def quantiles(data, *, n=4, method='exclusive'):
    if n < 1:
        raise StatisticsError('n must be at least 1')
    data = sorted(data)
    size = len(data)
    if size < 2:
        raise StatisticsError('must have at least two data points')
    result = []
    m = size - 1 if method == 'inclusive' else size + 1
    if method not in ('inclusive', 'exclusive'):
        raise ValueError(f'Unknown method: {method!r}')
    for i in range(1, n):
        if method == 'inclusive':
            j, delta = divmod(i * m, n)
            result.append((data[j] * (n - delta) + data[j + 1] * delta) / n)
        else:
            j = min(max(i * m // n, 1), size - 1)
            delta = i * m - j * n
            result.append((data[j - 1] * (n - delta) + data[j] * delta) / n)
    return result


def _deviations(x, y, function):
    from math import fsum
    if len(x) != len(y):
        raise StatisticsError(f'{function} requires that both inputs have same number of data points')
    if len(x) < 2:
        raise StatisticsError(f'{function} requires at least two data points')
    xbar, ybar = fsum(x) / len(x), fsum(y) / len(y)
    return [a - xbar for a in x], [b - ybar for b in y], xbar, ybar


def covariance(x, y, /):
    from math import fsum
    dx, dy, _, _ = _deviations(x, y, 'covariance')
    return fsum(a * b for a, b in zip(dx, dy)) / (len(x) - 1)


def correlation(x, y, /):
    from math import fsum
    dx, dy, _, _ = _deviations(x, y, 'correlation')
    try:
        return fsum(a * b for a, b in zip(dx, dy)) / _sqrt(fsum(a * a for a in dx) * fsum(b * b for b in dy))
    except ZeroDivisionError:
        raise StatisticsError('at least one of the inputs is constant')


def linear_regression(x, y, /, *, proportional=False):
    from collections import namedtuple
    from math import fsum
    dx, dy, xbar, ybar = _deviations(x, y, 'linear regression')
    if proportional:
        dx, dy = x, y
    try:
        slope = fsum(a * b for a, b in zip(dx, dy)) / fsum(a * a for a in dx)
    except ZeroDivisionError:
        raise StatisticsError('x is constant')
    return namedtuple('LinearRegression', ('slope', 'intercept'))(slope, 0.0 if proportional else ybar - slope * xbar)
