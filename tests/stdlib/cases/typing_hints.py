from typing import *
import typing
class A:
    x: 'int'
    y: Optional['A']
    z: List['A'] = None
print(get_type_hints(A))
def f(a: 'int', b: List['str'] = None) -> 'A': pass
print(get_type_hints(f))
print(Annotated[int, 'a', 3], get_type_hints(f)['return'], get_origin(Annotated[int, 1]), get_args(Annotated[int, 1]))
@runtime_checkable
class HasLen(Protocol):
    def __len__(self) -> int: ...
print(isinstance([], HasLen), isinstance(1, HasLen))
class Impl(HasLen):
    def __len__(self): return 3
print(len(Impl()))
try: HasLen()
except TypeError as e: print(e)
class M(TypedDict):
    a: int
    b: str
print(M(a=1, b='x'), M.__annotations__, M.__total__, sorted(M.__required_keys__))
U = NewType('U', int); print(U(3), U)
print(isinstance(3, SupportsInt), isinstance('a', SupportsInt), isinstance(3, SupportsIndex))
P = ParamSpec('P'); R = TypeVar('R')
print(Callable[P, R], P.args, Callable[Concatenate[int, P], R])
@final
class Z: pass
print(Z.__final__)
