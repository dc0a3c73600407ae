import torch
from typing import List, Optional, Dict, Tuple, Any, Union


def default_untyped(x, n=3):
    return x + n


def default_mismatch(x: int, n: str = 3):
    return x


def annotation_mismatch(x: int):
    y: str = x
    return y


def annotate_twice(x: int):
    y: int = x
    if x > 1:
        y: int = 3
    return y


def union_bad_list(x: int):
    y: Union[List[int], str] = [1.5]
    return y


def list_annotation(x: int):
    y: List[str] = [1, 2]
    return y


def dict_annotation(x: int):
    y: Dict[str, int] = {"a": 1.5}
    return y


def not_list_hint(x: int):
    y: int = [1]
    return y


def comp_annotation(xs: List[int]):
    y: List[str] = [x for x in xs]
    return y


def bad_isinstance(x: int):
    return isinstance(x)


def isinstance_kwargs(x: int):
    return isinstance(x, int, foo=3)


def range_float(x: float):
    for i in range(x):
        pass


def range_many(x: int):
    for i in range(x, x, x, x):
        pass


def enumerate_none():
    for i in enumerate():
        pass


def zip_none():
    for i in zip():
        pass


def unpack_int(x: int):
    a, b = x
    return a


def attr_assign_tensor(x: torch.Tensor):
    x.foo = 3
    return x


def del_slice(xs: List[int]):
    del xs[1:]
    return xs


def del_twice(x: int):
    del x
    return x


def index_type(x: torch.Tensor, s: str):
    return x[s]


def two_ellipsis(x: torch.Tensor):
    return x[..., 0, ...]


def ellipsis_tensor(x: torch.Tensor, i: torch.Tensor):
    return x[..., i]


def multi_dim_list(xs: List[int]):
    return xs[0, 1]


def subscript_int(x: int):
    return x[0]


def raise_int(x: int):
    raise 3


def cond_list_tensor(xs: Tuple[int, int]):
    if xs:
        return 1
    return 2


def getattr_dynamic(x: torch.Tensor, s: str):
    return getattr(x, s)


def hasattr_int(x: int):
    return hasattr(x, "foo")


def print_kwargs(x: int):
    print(x, end="")


def tolist_untyped(x: torch.Tensor):
    return x.tolist()


def break_in_unrolled(t: Tuple[int, int]):
    for x in t:
        break
    return 1


def zip_mixed(t: Tuple[int, int], xs: List[int]):
    for x, y in zip(t, xs):
        pass


def aug_tuple(t: Tuple[int, int]):
    t[0] += 1
    return t


def aug_undefined():
    x += 1
    return x


def call_tensor_method(x: torch.Tensor):
    return x.view(1, "a")


def missing_arg(x: torch.Tensor):
    return torch.mm(x)


def misspelt(x: torch.Tensor):
    return x.rellu()


def return_wrong(x: int) -> List[int]:
    return (x, "a")


def optional_attr(x: Optional[torch.Tensor]):
    return x.sum()


def none_return_used(x: int):
    y = print(x)
    return y


def tuple_type_change(x: int):
    t = (1, 2)
    if x > 1:
        t = (1, "a")
    return t


def loop_var_scope(x: int):
    for i in range(x):
        j = i
    return j


def while_scope(x: int):
    while x > 0:
        y = x
        x -= 1
    return y


def bad_type_comment(x, y):
    # type: (int) -> int
    return x


def unknown_annotation(x: "List[Widget]"):
    return x


def async_like(x: int):
    f = (y for y in [1, 2])
    return f


def pow_str(x: str):
    return x ** 2


def not_str(x: str):
    return -x


def in_int(x: int):
    return 1 in x


def compare_mixed(x: str, y: int):
    return x < y


def is_compare(x: int, y: int):
    return x is y


def call_none(x: None):
    return x()


def cast_bad(x: List[int]):
    return int(x)
