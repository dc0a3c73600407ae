"""Waiting for several things at once, and for no longer than so long."""
import asyncio


def _future_and_tasks(aws):
    loop = asyncio.get_event_loop()
    return loop, [asyncio.ensure_future(a, loop=loop) for a in aws]


def gather(*aws, return_exceptions=False):
    """A future of the list of all results, in the order of the arguments."""
    loop = asyncio.get_event_loop()
    made = {}
    tasks = []
    for a in aws:
        if id(a) not in made:
            made[id(a)] = asyncio.ensure_future(a, loop=loop)
        tasks.append(made[id(a)])
    outer = _Gathering(tasks, loop)
    if not tasks:
        outer.set_result([])
        return outer
    left = len(made)

    def done(task):
        nonlocal left
        left -= 1
        if outer.done():
            return
        if not return_exceptions:
            if task.cancelled():
                outer.set_exception(task._cancelled_error())
                return
            if task._exception is not None:
                outer.set_exception(task._exception)
                return
        if left == 0:
            results = []
            for t in tasks:
                if t.cancelled():
                    results.append(t._cancelled_error())
                else:
                    results.append(t._exception if t._exception is not None else t._result)
            if outer._requested:
                outer.set_exception(asyncio.CancelledError())
            else:
                outer.set_result(results)

    for task in made.values():
        task.add_done_callback(done)
    return outer


class _Gathering(asyncio.Future):
    """gather()'s future: cancelling it cancels its children."""

    def __init__(self, children, loop):
        super().__init__(loop=loop)
        self._children = children
        self._requested = False

    def cancel(self, msg=None):
        if self.done():
            return False
        cancelled = False
        for child in self._children:
            if child.cancel(msg=msg):
                cancelled = True
        if cancelled:
            self._requested = True
        return cancelled


async def wait(aws, *, timeout=None, return_when=asyncio.ALL_COMPLETED):
    tasks = set(aws)
    if not tasks:
        raise ValueError('Set of Tasks/Futures is empty.')
    if any(asyncio.iscoroutine(t) for t in tasks):
        raise TypeError('Passing coroutines is forbidden, use tasks explicitly.')
    loop = asyncio.get_running_loop()
    waiter = loop.create_future()

    def enough():
        done = [t for t in tasks if t.done()]
        if len(done) == len(tasks) or done and return_when == asyncio.FIRST_COMPLETED:
            return True
        return return_when == asyncio.FIRST_EXCEPTION and any(not t.cancelled() and t._exception is not None for t in done)

    def check(_):
        if not waiter.done() and enough():
            waiter.set_result(None)

    handle = None if timeout is None else loop.call_later(timeout, asyncio._set_unless_done, waiter, None)
    for t in tasks:
        t.add_done_callback(check)
    try:
        if not enough():
            await waiter
    finally:
        if handle is not None:
            handle.cancel()
        for t in tasks:
            t.remove_done_callback(check)
    return {t for t in tasks if t.done()}, {t for t in tasks if not t.done()}


async def wait_for(fut, timeout):
    """The result, or TimeoutError after `timeout` seconds; then the task is cancelled."""
    if timeout is None:
        return await fut
    task = asyncio.ensure_future(fut, loop=asyncio.get_running_loop())
    if timeout <= 0 and not task.done():
        task.cancel()
        try:
            await task
        except asyncio.CancelledError as e:
            raise TimeoutError() from e
        raise TimeoutError()
    try:
        await wait([task], timeout=timeout)
    except asyncio.CancelledError:
        task.cancel()
        raise
    if task.done():
        return task.result()
    task.cancel()
    try:
        return await task
    except asyncio.CancelledError as e:
        raise TimeoutError() from e


def shield(arg):
    """A future with the task's result that can be cancelled without the task."""
    inner = asyncio.ensure_future(arg)
    if inner.done():
        return inner
    outer = inner.get_loop().create_future()

    def done(task):
        if outer.done():
            return
        if task.cancelled():
            outer.cancel()
        elif task._exception is not None:
            outer.set_exception(task._exception)
        else:
            outer.set_result(task._result)

    inner.add_done_callback(done)
    return outer


def as_completed(fs, *, timeout=None):
    """Awaitables of the results in the order in which they come."""
    loop, tasks = _future_and_tasks(list(fs))
    finished = asyncio.Queue()
    for t in tasks:
        t.add_done_callback(finished.put_nowait)
    handle = None if timeout is None else loop.call_later(timeout, finished.put_nowait, None)
    left = len(tasks)

    async def one():
        nonlocal left
        task = await finished.get()
        if task is None:
            raise TimeoutError()
        left -= 1
        if left == 0 and handle is not None:
            handle.cancel()
        return task.result()

    for _ in tasks:
        yield one()


async def to_thread(func, /, *args, **kwargs):
    """Calls the function; there is one thread, so it blocks the others while it runs."""
    await asyncio.sleep(0)
    return func(*args, **kwargs)


class Timeout:
    """`async with timeout(s)`: cancels what is inside and raises TimeoutError."""

    def __init__(self, when):
        self._when = when
        self._handle = None
        self._expired = False

    def when(self):
        return self._when

    def expired(self):
        return self._expired

    def reschedule(self, when):
        self._when = when
        if self._handle is not None:
            self._handle.cancel()
            self._handle = None
        if when is not None:
            self._handle = asyncio.get_running_loop().call_at(when, self._expire)

    def _expire(self):
        self._expired = True
        self._task.cancel()

    async def __aenter__(self):
        self._task = asyncio.current_task()
        self._before = self._task.cancelling()
        self.reschedule(self._when)
        return self

    async def __aexit__(self, kind, value, tb):
        if self._handle is not None:
            self._handle.cancel()
        if self._expired and self._task.uncancel() <= self._before and kind is asyncio.CancelledError:
            raise TimeoutError from value


def timeout(delay):
    return Timeout(None if delay is None else asyncio.get_running_loop().time() + delay)


def timeout_at(when):
    return Timeout(when)


class TaskGroup:
    """Tasks that end together: when one fails the others are cancelled."""

    def __init__(self):
        self._tasks = set()
        self._errors = []
        self._leaving = False
        self._entered = False
        self._aborting = False

    async def __aenter__(self):
        if self._entered:
            raise RuntimeError(f'TaskGroup {self!r} has been already entered')
        self._entered = True
        self._parent = asyncio.current_task()
        self._requested = False
        return self

    def create_task(self, coro, *, name=None, context=None):
        if not self._entered:
            raise RuntimeError(f'TaskGroup {self!r} has not been entered')
        if self._leaving and not self._tasks:
            raise RuntimeError(f'TaskGroup {self!r} is finished')
        if self._aborting:
            raise RuntimeError(f'TaskGroup {self!r} is shutting down')
        task = asyncio.create_task(coro, name=name)
        self._tasks.add(task)
        task.add_done_callback(self._done)
        return task

    def _abort(self):
        self._aborting = True
        for t in self._tasks:
            if not t.done():
                t.cancel()

    def _done(self, task):
        self._tasks.discard(task)
        if self._leaving and not self._tasks and self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(True)
        if task.cancelled() or task._exception is None:
            return
        self._errors.append(task._exception)
        if not self._aborting:
            self._abort()
            if not self._leaving and not self._parent.done():
                self._requested = True
                self._parent.cancel()

    async def __aexit__(self, kind, value, tb):
        self._leaving = True
        cancelled = value if kind is not None and issubclass(kind, asyncio.CancelledError) else None
        if self._requested and self._parent.uncancel() == 0:
            cancelled = None
        if kind is not None and not self._aborting:
            self._abort()
        while self._tasks:
            self._waiter = asyncio.get_running_loop().create_future()
            try:
                await self._waiter
            except asyncio.CancelledError as e:
                if not self._aborting:
                    cancelled = e
                    self._abort()
            self._waiter = None
        if cancelled is not None and not self._errors:
            raise cancelled
        if kind is not None and not issubclass(kind, asyncio.CancelledError):
            self._errors.append(value)
        if self._errors:
            raise BaseExceptionGroup('unhandled errors in a TaskGroup', self._errors)
        return None

    _waiter = None


class Runner:
    """Runs several coroutines one after the other in one loop."""

    def __init__(self, *, debug=None, loop_factory=None):
        self._loop = asyncio.new_event_loop()

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self.close()

    def get_loop(self):
        return self._loop

    def run(self, coro, *, context=None):
        return self._loop.run_until_complete(coro)

    def close(self):
        self._loop._cancel_all()
        self._loop.close()
