import m
@m.decorator
@m.factory(1)[2]
@(lambda f: f)
def f(a, b: int = 1, /, c=2, *args: str, d, e: 'T' = 3, **kwargs: dict) -> int:
    """Docstring."""
    return a, *args


def g(): return
def h(*, a): yield
def i(a, /): pass
def j(a, /, *b): pass
def k(*a: m.T, **b): nonlocal_ = 1
def star(*args: *m.Ts): pass


async def coroutine():
    async with a as b, c: pass
    async for x in y: await z
    else: pass
    return [await i async for i in j]


@m.decorator
async def decorated(): pass


class A: pass
class B(): pass
@m.decorator
class C(A, B, *bases, metaclass=M, **kw):
    x: int = 1

    @property
    def p(self):
        def inner():
            nonlocal q
            q = self
        q = 1
        return inner

    async def q(self): pass
