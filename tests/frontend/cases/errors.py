import torch
from typing import List, Optional, Dict, Tuple, Any, Union

SCALE = 3


def undefined(x: int):
    return x + y_is_missing


def wrong_type(x: int) -> str:
    return x


def bad_call(x: str):
    return torch.add(x, 1)


def bad_binary(x: str, y: int):
    return x + y


def bad_attr(x: torch.Tensor):
    return x.not_a_method()


def bad_attr_int(x: int):
    return x.foo


def type_change(x: int):
    y = 1
    if x > 2:
        y = "a"
    return y


def branch_types(x: int):
    if x > 2:
        y = "a"
    else:
        y = 1
    return y


def one_branch(x: int):
    if x > 2:
        y = 1
    return y


def reassign_loop(x: int):
    y = 1
    for i in range(x):
        y = "s"
    return y


def no_return_path(x: int) -> int:
    if x > 0:
        return 1


def break_outside(x: int):
    break_me = 1
    for i in range(x):
        pass
    return undefined_f(x)


def mixed_list(x: int):
    return [1, 2][x](3)


def try_block(x: int):
    try:
        return x
    except ValueError:
        return 0


def lambda_it(x: int):
    f = lambda y: y + 1
    return f(x)


def comp_if(xs: List[int]):
    return [x for x in xs if x > 0]


def star_kwargs(*args):
    return args


def with_kwargs(x: int, **kw):
    return x


def yield_it(x: int):
    yield x


def for_else(x: int):
    for i in range(x):
        pass
    else:
        x = 3
    return x


def global_it(x: int):
    global SCALE
    return x


def closed_over(x: int):
    return x * SCALE


def unknown_type(x: "Foo"):
    return x


def unpack_count(t: Tuple[int, int]):
    a, b, c = t
    return a


def tuple_index(t: Tuple[int, str], i: int):
    return t[i]


def tuple_range(t: Tuple[int, str]):
    return t[5]


def tuple_assign(t: Tuple[int, int]):
    t[0] = 1
    return t


def not_iterable(x: int):
    for i in x:
        pass


def not_callable(x: int):
    return x(3)


def none_arith(x: Optional[int]):
    return x + 1


def too_many(x: torch.Tensor):
    return torch.relu(x, x)


def unknown_kwarg(x: torch.Tensor):
    return torch.relu(x, foo=1)


def unknown_op(x: torch.Tensor):
    return torch.nonexistent_op(x)


def return_types(x: int):
    if x > 0:
        return 1
    return "a"


def raise_str(x: int):
    raise "error"


def bad_dict_key():
    return {"a": 1, 2: 3}


def dict_expand(d: Dict[str, int]):
    return {**d}


def kw_expand(d: Dict[str, int]):
    return int(**d)


def fstring_spec(x: float):
    return f"{x:.2f}"


def ann_no_value(x: int):
    y: int
    y = x
    return y


def set_literal(x: int):
    return {x, 2}


def walrus(x: int):
    if (y := x) > 1:
        return y
    return 0


def slice_assign(xs: List[int]):
    xs[0:2] = [1, 2]
    return xs


def helper_bad(x: int) -> int:
    return x + "a"


def calls_bad(x: int):
    y = x + 1
    return helper_bad(y)


def with_stmt(x: int):
    with x:
        return 3


def declared_list() -> List[int]:
    return [1.5]


def empty_list_type(x: int):
    xs = []
    xs.append(x)
    return xs


def nested_def(x: int):
    def inner(y: int):
        return y
    return inner(x)


def import_it(x: int):
    import math
    return x


def matmul_aug(x: torch.Tensor):
    x @= x
    return x


def floor_aug(x: int):
    x //= 2
    return x


def return_none_int() -> int:
    return None
