import torch
from typing import List, Optional, Dict, Tuple, Any


def if_else(x: torch.Tensor, n: int):
    if n > 0:
        y = x + 1
        z = 2
    else:
        y = x - 1
        z = 3
    return y * z


def if_only(n: int):
    a = 1
    if n > 2:
        a = 5
        b = 7
    return a


def elif_chain(n: int) -> str:
    if n == 0:
        r = "zero"
    elif n == 1:
        r = "one"
    elif n == 2:
        r = "two"
    else:
        r = "many"
    return r


def while_loop(n: int):
    i = 0
    s = 0
    while i < n:
        s += i
        i += 1
    return s


def for_range(n: int):
    s = 0
    for i in range(n):
        s = s + i * 2
    return s


def for_range3(a: int, b: int):
    s = 0
    for i in range(a, b, 2):
        s += i
    for j in range(a, b):
        s -= j
    return s


def for_list(xs: List[float]):
    s = 0.0
    for x in xs:
        s += x
    return s


def for_tensor(t: torch.Tensor):
    s = torch.zeros(3)
    for x in t:
        s = s + x
    return s


def for_str(s: str):
    out: List[str] = []
    for c in s:
        out.append(c)
    return out


def for_dict(d: Dict[str, int]):
    n = 0
    for k in d:
        n += d[k]
    for k, v in d.items():
        n += v
    for v in d.values():
        n += v
    return n


def for_tuple(t: Tuple[int, float, int]):
    s = 0.0
    for x in t:
        s += x
    return s


def for_enumerate(xs: List[int]):
    s = 0
    for i, x in enumerate(xs):
        s += i * x
    for i, x in enumerate(xs, 1):
        s += i
    for i, x in enumerate(xs, start=5):
        s += i
    return s


def for_zip(xs: List[int], ys: List[int]):
    s = 0
    for x, y in zip(xs, ys):
        s += x * y
    for i, (x, y) in enumerate(zip(xs, ys)):
        s += i + x + y
    return s


def for_reversed(xs: List[int]):
    s = 0
    for x in xs[::-1]:
        s = s * 10 + x
    return s


def break_loop(n: int):
    i = 0
    while True:
        if i > n:
            break
        i += 2
    return i


def continue_loop(n: int):
    s = 0
    for i in range(n):
        if i % 2 == 0:
            continue
        s += i
    return s


def break_and_continue(n: int):
    s = 0
    for i in range(n):
        if i == 3:
            continue
        if i > 7:
            break
        for j in range(i):
            if j == 2:
                break
            s += j
    return s


def early_return(n: int) -> int:
    if n < 0:
        return -1
    if n == 0:
        return 0
    return 1


def return_in_loop(xs: List[int], x: int) -> int:
    for i in range(len(xs)):
        if xs[i] == x:
            return i
    return -1


def return_in_while(n: int):
    i = 0
    while i < n:
        i += 1
        if i * i > n:
            return i
    return n


def nested_return(a: int, b: int) -> int:
    if a > 0:
        if b > 0:
            return 1
        elif b < -5:
            return 2
        a = 7
    else:
        for i in range(b):
            if i == a:
                return 3
    return a


def raise_it(n: int) -> int:
    if n < 0:
        raise ValueError("negative")
    return n


def raise_else(n: int) -> int:
    if n > 0:
        r = n
    else:
        raise RuntimeError("bad " + str(n))
    return r


def always_raises(n: int):
    raise NotImplementedError


def assert_it(n: int, x: torch.Tensor):
    assert n > 0, "n must be positive"
    assert x.dim() == 2
    return n


def assert_fmt(n: int):
    assert n > 0, f"n is {n}"


def ternary(n: int):
    return n if n > 0 else -n


def ternary_none(n: int):
    x: Optional[int] = n if n > 0 else None
    return x


def and_or(a: bool, b: bool, c: bool):
    return a and b or c, (a or b) and c, not a


def in_list(xs: List[int], x: int, s: str):
    return x in xs, x not in xs, "a" in s


def while_and(n: int, x: torch.Tensor):
    i = 0
    while i < n and bool(x.sum() < 10):
        x = x + 1
        i += 1
    return x, i


def shadow(n: int):
    x = n
    if n > 1:
        x = x + 1
        if n > 2:
            x = x * 2
            y = x
        else:
            y = 0
    else:
        y = 3
    return x, y


def loop_types(n: int):
    x = torch.ones(2)
    for i in range(n):
        if i > 1:
            x = x + i
        else:
            x = x * i
    return x


def pass_loop(n: int):
    for _ in range(n):
        pass
    i = 0
    while i < n:
        i += 1
    else_ = 3
    return i


def del_var(n: int):
    x = n + 1
    y = x
    del x
    return y


def del_item(d: Dict[str, int], xs: List[int]):
    del d["a"]
    del xs[0]
    return d, xs


def is_scripting_branch(x: torch.Tensor):
    if torch.jit.is_scripting():
        y = x + 1
    else:
        y = x.numpy()
    if not torch.jit.is_scripting():
        y = undefined_name
    return y


def tensor_condition(x: torch.Tensor):
    if x.sum() > 0:
        return x
    else:
        return -x


def modified_for(n: int, m: int):
    s = 0
    for i in range(n):
        s += i
        if s > m:
            return s, i
    return s, 0


def deep(n: int) -> int:
    while n > 10:
        n -= 1
        for i in range(n):
            if i > 5:
                n -= 2
                if n < 4:
                    return n
                continue
            if n == 3:
                break
    return n
