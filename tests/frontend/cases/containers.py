import torch
from typing import List, Optional, Dict, Tuple, Any, NamedTuple


class Point(NamedTuple):
    x: int
    y: float = 2.0


def lists(n: int):
    a = [1, 2, n]
    b: List[int] = []
    b.append(n)
    c = [[1], [2, 3]]
    d = a + b
    e = a * 2
    a[0] = 5
    a.extend(b)
    return a, b, c, d, e, len(a), a[0], a[-1], a[1:], a[:2], a[::2], a.pop(), a == b


def empty_lists(n: int):
    a = []
    b = torch.jit.annotate(List[int], [])
    c: List[str] = []
    a.append(torch.ones(n))
    return a, b, c


def list_methods(xs: List[int]):
    xs.insert(0, 3)
    xs.remove(2)
    xs.reverse()
    xs.sort()
    ys = xs.copy()
    xs.clear()
    return ys.index(3), ys.count(1), list(ys), max(ys), min(ys)


def tuples(a: int, t: Tuple[int, str, float]):
    x, y, z = t
    u = (a, y)
    v = (a,)
    w = u + v
    p, *q = t
    return u[0], t[1], t[-1], w, q, t[1:], ()


def tuple_compare(a: Tuple[int, int], b: Tuple[int, int]):
    return a == b


def swap(a: int, b: int):
    a, b = b, a
    (c, d), e = (a, b), 3
    return a, b, c, d, e


def dicts(k: str):
    d = {"a": 1, "b": 2}
    e: Dict[int, torch.Tensor] = {}
    f = {}
    d[k] = 5
    d["a"] += 2
    g = dict(a=1, b=2)
    return d, e, f, d[k], k in d, len(d), d.get(k), d.get(k, 3), d.keys(), d.values(), d.items(), g, d.pop("a")


def dict_comp(xs: List[int]):
    return {x: x * 2 for x in xs}


def list_comp(xs: List[int]):
    ys = [x * 2 for x in xs]
    zs = [float(i) for i in range(3)]
    ws = [(i, x) for i, x in enumerate(xs)]
    return ys, zs, ws


def nested_comp(xs: List[List[int]]):
    return [[y + 1 for y in x] for x in xs]


def named_tuple(n: int):
    p = Point(n)
    q = Point(x=n, y=1.5)
    a, b = p
    return p, q.x + 1, p.y, a, q[1]


def named_tuple_arg(p: Point) -> int:
    return p.x


def unpack_list(xs: List[int]):
    a, b = xs
    return a + b


def chained_assign(n: int):
    a = b = n + 1
    c = d = [1]
    return a, b, c, d


def list_of_tensors(a: torch.Tensor, b: torch.Tensor):
    return torch.cat([a, b], dim=1), torch.stack([a, b]), [a, b]


def slices(xs: List[int], s: str, n: int):
    return xs[n:], xs[:n], xs[1:n:2], s[1:], s[n], s[:-1], xs[:]


def star_args(t: Tuple[int, int]):
    return max(*t)


def list_of(t: Tuple[int, int], s: str):
    return list(t), list(s), tuple(t)


def any_all(xs: List[bool], ys: List[int]):
    return all(xs), any(xs), all([y > 0 for y in ys])


def dict_of_lists(d: Dict[str, List[int]]):
    d["x"].append(3)
    d["y"] = [1]
    return d


def list_aug(xs: List[int], d: Dict[str, float]):
    xs[0] += 1
    xs[1] *= 2
    d["a"] -= 1.5
    return xs
