from typing import *
import typing
print(List[int], Dict[str, List[int]], Optional[int], Union[int, str, None], Tuple[int, ...], Tuple[()], Callable[[int, str], float], Callable[..., int], Any)
print(List, Tuple, Callable, Union, Optional, Type[int], Iterable[int], Literal['a', 1], Final[int], ClassVar[int], List['Foo'])
print(Union[int, int], Optional[None], Union[int, Union[str, None]], Union[int, str] == Union[str, int], List[int] == List[int], hash(List[int]) == hash(List[int]))
T = TypeVar('T'); U = TypeVar('U', int, str); V = TypeVar('V', bound=int)
print(T, U, V, List[T], List[T][int], Dict[T, U][str, int], Callable[[T], U][int, str])
class Box(Generic[T]):
    def __init__(self, x): self.x = x
print(Box[int], Box[int](3).x, Box.__parameters__, isinstance(Box(1), Box))
class Sub(Box[int]): pass
print(Sub.__mro__, Sub.__orig_bases__)
class P(NamedTuple):
    x: int
    y: str = 'a'
    def f(self): return self.x + 1
p = P(1); print(p, p.f(), P._fields, P._field_defaults, P.__annotations__, P._make([1, 2]), p._replace(x=5), p._asdict())
Q = NamedTuple('Q', [('a', int), ('b', float)])
print(Q(1, 2.0), Q.__annotations__, Q.__module__)
print(get_origin(List[int]), get_args(Dict[str, int]), get_args(Callable[[int], str]), get_origin(Union[int, str]), get_origin(int), get_args(Optional[int]))
for bad in ("List[int, str]", "Dict[int]", "Union[()]", "Callable[int]", "Any()", "Union()", "List[int]()", "Box[int, str]", "Generic[int]", "isinstance(1, List[int])", "isinstance(1, Any)", "isinstance(1, Union)"):
    try: print(bad, eval(bad))
    except Exception as e: print(bad, type(e).__name__, e)
print(isinstance([], List), isinstance(1, Union[int, str]), issubclass(dict, Mapping))
@overload
def f(x: int) -> int: ...
@overload
def f(x: str) -> str: ...
def f(x): return x
print(len(get_overloads(f)), f(1), cast(int, 'a'))
print(int | None, List[int] | None, Optional[List[int]], Sequence[T][int])
try:
    class Bad(NamedTuple):
        x: int = 1
        y: int
except TypeError as e: print(e)
