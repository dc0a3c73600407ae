import torch
import math
from typing import List, Optional, Dict, Tuple, Any, Union


def nested_loops_break(n: int, m: int):
    count = 0
    for i in range(n):
        j = 0
        while True:
            j += 1
            if j > m:
                break
            if (i + j) % 2 == 0:
                continue
            count += 1
        if count > 100:
            return count
    return -count


def loop_else_var(n: int):
    found = -1
    for i in range(n):
        if i * i == n:
            found = i
            break
    return found


def many_returns(x: float) -> Tuple[int, str]:
    if x < 0:
        return -1, "neg"
    elif x == 0:
        return 0, "zero"
    else:
        for k in range(10):
            if float(k) > x:
                return k, "found"
    return 99, "none"


def tensor_accumulate(xs: List[torch.Tensor], w: Optional[torch.Tensor] = None):
    out = torch.zeros(2)
    for i, x in enumerate(xs):
        if w is not None:
            x = x * w
        out = out + x / (i + 1)
    return out


def dict_counting(words: List[str]) -> Dict[str, int]:
    counts: Dict[str, int] = {}
    for w in words:
        if w not in counts:
            counts[w] = 0
        counts[w] += 1
    return counts


def matrix(n: int) -> List[List[int]]:
    rows: List[List[int]] = []
    for i in range(n):
        row = [0 for _ in range(n)]
        row[i] = 1
        rows.append(row)
    return rows


def mixed_conditions(a: Optional[int], b: bool, xs: List[int]):
    if b and a is not None and a > 3 and len(xs) > 0:
        return a + xs[0]
    if not b or (a is None and not xs):
        return 0
    return 1


def truthiness(xs: List[int], s: str, d: Dict[str, int], n: int, f: float):
    r = 0
    if xs:
        r += 1
    if s:
        r += 2
    if d:
        r += 3
    if n:
        r += 4
    if f:
        r += 5
    while xs:
        xs.pop()
    return r


def nested_ternary(n: int):
    return "a" if n < 0 else "b" if n == 0 else "c"


def lambda_free_sort(xs: List[int]):
    ys = sorted(xs)
    xs.sort(reverse=True)
    return ys, xs


def any_list(xs: List[Any]):
    n = 0
    for x in xs:
        if isinstance(x, int):
            n += x
        elif isinstance(x, str):
            n += len(x)
    return n


def union_return(n: int) -> Union[int, str]:
    if n > 0:
        return n
    return "neg"


def union_list(xs: List[Union[int, str]]):
    n = 0
    for x in xs:
        if isinstance(x, str):
            n += len(x)
        else:
            n += x
    return n


def optional_chain(a: Optional[int], b: Optional[int]) -> int:
    x = a if a is not None else b
    if x is None:
        return -1
    return x


def reassigned_optional(n: int):
    x: Optional[List[int]] = None
    for i in range(n):
        if x is None:
            x = [i]
        else:
            x.append(i)
    return x


def unwrap(x: Optional[int]) -> int:
    return torch.jit._unwrap_optional(x)


def tuple_of_optionals(t: Tuple[Optional[int], str]):
    a, b = t
    if a is None:
        return b
    return b * a


def float_ops(x: float, n: int):
    return x // 2, x % 3, n // 2.0, x ** n, n ** x, x == n, x < n, -x, abs(x), math.ceil(x), int(x), round(x)


def int_float_mix(a: int, b: float, c: bool):
    return a + b, a * b, c + 1, c and a > 1, float(c), int(c), a / 2, a // 2, 7 % a


def str_compare(a: str, b: str):
    return a < b, a == b, a != b, a + b in "abc"


def list_compare(a: List[int], b: List[int]):
    return a == b, a != b, a < b, a + b == b


def slicing(xs: List[int], t: torch.Tensor, n: int):
    return xs[-n:], xs[:-1], xs[::-1], t[..., 0], t[:, -1:], t[n:, None], t[1:-1:2]


def index_with_bool(t: torch.Tensor, m: torch.Tensor):
    t[m] = 0
    t[m > 0] += 1
    a = t[m]
    a[0, ...] = 2
    return a, t[:, m[0]]


def aug_attr_ops(t: torch.Tensor, n: int):
    t -= n
    t /= 2
    t **= 2
    t[0] -= 1
    t[0, 1] *= 3
    return t


def raise_with_class(n: int):
    if n > 3:
        raise IndexError("bad index", n)
    if n > 2:
        raise ValueError(f"value {n}")
    if n > 1:
        raise RuntimeError
    return n


def print_many(n: int, s: str, t: torch.Tensor):
    print()
    print(n)
    print("a", n, s, t, [n], (n, s), {"k": n}, None, 1.5)


def doc_string(n: int):
    """Adds one."""
    return n + 1


def unused_values(n: int):
    n + 1
    [n]
    x = n * 2
    return n


def shadow_builtin(n: int):
    max = n
    return max + 1


def global_consts():
    return math.pi, math.e, torch.float32, torch.int64, torch.pi, torch.inf


def isinstance_combo(x: Union[int, float, List[int], None]):
    if isinstance(x, (int, float)):
        return 1
    if x is None:
        return 2
    return x[0]


def zip_three(a: List[int], b: List[float], c: List[str]):
    s = ""
    for x, y, z in zip(a, b, c):
        s += z * x
    return s, [x + y for x, y in zip(a, b)]


def range_variants(n: int):
    s = 0
    for i in range(n, 0, -1):
        s += i
    for i in range(0, n):
        s += i
    for i in range(len([1, 2, 3])):
        s += i
    return s, [i for i in range(2, n, 3)]


def items_loop(d: Dict[int, List[str]]):
    out: List[str] = []
    for k, vs in d.items():
        for v in vs:
            out.append(str(k) + v)
    return out


def annotated_tuple() -> Tuple[int, Optional[str]]:
    t: Tuple[int, Optional[str]] = (1, None)
    return t


def list_hint_optional(n: int) -> List[Optional[int]]:
    return [n, None]


def dict_hint() -> Dict[str, List[float]]:
    return {"a": [1.0], "b": []}


def empty_dict_arg(d: Optional[Dict[str, int]] = None):
    if d is None:
        d = {}
    return d


def assign_underscore(t: Tuple[int, int, int]):
    a, _, b = t
    for _ in range(3):
        a += b
    return a


def star_unpack(t: Tuple[int, int, int, int]):
    a, *b, c = t
    return a, b, c


def torch_sizes(x: torch.Tensor):
    n, c = x.size()
    s = x.shape
    return n * c, s[0], s[-1], list(s), len(s), x.size()[0]


def jit_annotations(x: torch.Tensor):
    a = torch.jit.annotate(Tuple[int, float], (1, 2.0))
    b = torch.jit.isinstance(x, torch.Tensor)
    return a, b


def named_returns(x: torch.Tensor):
    r = torch.max(x, 0)
    q, s = torch.sort(x, dim=1, descending=True)
    u = torch.linalg.norm(x)
    return r.values, r.indices, q, s, u


def dtype_logic(x: torch.Tensor):
    if x.dtype == torch.float32:
        return x
    elif x.is_floating_point():
        return x.float()
    return x.to(dtype=torch.float64, device=x.device)
