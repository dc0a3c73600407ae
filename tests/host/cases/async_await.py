"""Coroutines driven by hand, async for and with, asynchronous generators and comprehensions."""


class Pause:
    def __init__(self, value):
        self.value = value

    def __await__(self):
        got = yield self.value
        return got


def drive(coro, answers=()):
    answers = iter(answers)
    sent = None
    log = []
    while True:
        try:
            out = coro.send(sent)
        except StopIteration as e:
            return log, e.value
        except Exception as e:
            return log, type(e).__name__ + ": " + str(e)
        log.append(out)
        sent = next(answers, None)


async def add(a, b):
    x = await Pause(("a", a))
    y = await Pause(("b", b))
    return (x or 0) + (y or 0)


async def outer():
    first = await add(1, 2)
    second = await add(3, 4)
    return first, second


print(drive(outer(), [10, 20, 30, 40]))


class Manager:
    def __init__(self, swallow=False):
        self.swallow = swallow

    async def __aenter__(self):
        await Pause("enter")
        return self

    async def __aexit__(self, kind, value, tb):
        await Pause(("exit", kind and kind.__name__))
        return self.swallow


async def managed(fail, swallow):
    async with Manager(swallow) as m, Manager() as n:
        await Pause("inside")
        if fail:
            raise ValueError("inside")
    return "after"


for fail in (False, True):
    for swallow in (False, True):
        print(drive(managed(fail, swallow)))


async def early():
    for i in range(3):
        async with Manager():
            if i == 0:
                continue
            return i


print(drive(early()))


class Count:
    def __init__(self, n):
        self.n = n
        self.i = 0

    def __aiter__(self):
        return self

    async def __anext__(self):
        await Pause("next")
        if self.i >= self.n:
            raise StopAsyncIteration
        self.i += 1
        return self.i


async def loops():
    out = []
    async for i in Count(4):
        if i == 2:
            continue
        if i == 4:
            break
        out.append(i)
    else:
        out.append("no")
    async for i in Count(1):
        out.append(i)
    else:
        out.append("else")
    return out


print(drive(loops()))


async def numbers(n):
    try:
        for i in range(n):
            got = yield i
            if got is not None:
                await Pause(("got", got))
        await Pause("done")
    except ValueError as e:
        yield f"caught {e}"
    finally:
        await Pause("cleanup")


async def comprehensions():
    a = [i async for i in numbers(3)]
    b = {i: j async for i in numbers(2) for j in "xy"}
    c = {i async for i in Count(2) if i != 1}
    d = [await add(i, i) for i in range(2)]
    e = [[k async for k in numbers(j)] for j in range(3)]
    g = (i * 2 async for i in numbers(3))
    f = [x async for x in g]
    return a, b, c, d, e, f


print(drive(comprehensions())[1])


async def by_hand():
    g = numbers(5)
    out = [await g.__anext__(), await g.asend("hello"), await anext(g)]
    out.append(await g.athrow(ValueError("thrown")))
    try:
        await g.__anext__()
    except StopAsyncIteration:
        out.append("ended")
    h = numbers(5)
    out.append(await h.asend(None))
    await h.aclose()
    try:
        await h.__anext__()
    except StopAsyncIteration:
        out.append("closed")
    out.append(await anext(numbers(0), "default"))
    k = numbers(2)
    await k.aclose()
    out.append([x async for x in k])
    return out


print(drive(by_hand()))

c = add(1, 2)
print(type(c).__name__, c.__name__, c.cr_running)
c.close()
try:
    c.send(None)
except RuntimeError as e:
    print(e)
try:
    drive(5)
except AttributeError as e:
    print(e)


async def wrong(what):
    if what == "await":
        await 3
    elif what == "for":
        async for _ in [1]:
            pass
    elif what == "with":
        async with 5:
            pass
    elif what == "stop":
        raise StopIteration(3)
    elif what == "next":
        class Bad:
            def __aiter__(self):
                return self

            def __anext__(self):
                return 4
        async for _ in Bad():
            pass
    else:
        class NoNext:
            def __aiter__(self):
                return 4
        async for _ in NoNext():
            pass


for what in ("await", "for", "with", "stop", "next", "aiter"):
    print(drive(wrong(what))[1])


async def bad_generator():
    yield 1
    raise StopAsyncIteration


async def runs_bad():
    async for _ in bad_generator():
        pass


print(drive(runs_bad())[1])


async def thrower():
    try:
        await Pause(1)
    except KeyError as e:
        await Pause("handling")
        return "handled " + repr(e)


t = thrower()
print(t.send(None), t.throw(KeyError("k")))
try:
    t.send(None)
except StopIteration as e:
    print(e.value)


class Both:
    async def method(self):
        return self

    @classmethod
    async def made(cls):
        return cls.__name__

    @staticmethod
    async def still(x, *, y=1, **kw):
        return x, y, kw


async def methods():
    b = Both()
    return (await b.method()) is b, await Both.made(), await b.still(1, y=2, z=3)


print(drive(methods()))
lam = lambda: (yield)  # noqa: E731
print(type(lam()).__name__)
