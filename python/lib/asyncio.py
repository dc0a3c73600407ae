"""Coroutines run by an event loop in this thread: tasks, futures, timers and what waits between them. No sockets."""
import collections
import heapq
import time

from _asyncio_sync import (BoundedSemaphore, Condition, Event, Lock, LifoQueue, PriorityQueue, Queue, QueueEmpty, QueueFull,
                           Semaphore)

FIRST_COMPLETED = 'FIRST_COMPLETED'
FIRST_EXCEPTION = 'FIRST_EXCEPTION'
ALL_COMPLETED = 'ALL_COMPLETED'


class CancelledError(BaseException):
    """The task was cancelled."""

    __module__ = 'asyncio.exceptions'


class InvalidStateError(Exception):
    """The operation is not allowed in this state."""

    __module__ = 'asyncio.exceptions'


TimeoutError = TimeoutError

_running = None
_names = 0


class Future:
    """A result that will be there later."""

    __module__ = '_asyncio'

    def __init__(self, *, loop=None):
        self._loop = loop or get_event_loop()
        self._state = 'PENDING'
        self._result = None
        self._exception = None
        self._callbacks = []

    def done(self):
        return self._state != 'PENDING'

    def cancelled(self):
        return self._state == 'CANCELLED'

    def result(self):
        if self._state == 'CANCELLED':
            raise self._cancelled_error()
        if self._state == 'PENDING':
            raise InvalidStateError('Result is not set.')
        if self._exception is not None:
            raise self._exception
        return self._result

    def exception(self):
        if self._state == 'CANCELLED':
            raise self._cancelled_error()
        if self._state == 'PENDING':
            raise InvalidStateError('Exception is not set.')
        return self._exception

    def _cancelled_error(self):
        message = getattr(self, '_cancel_message', None)
        return CancelledError() if message is None else CancelledError(message)

    def set_result(self, result):
        if self._state != 'PENDING':
            raise InvalidStateError('invalid state')
        self._result = result
        self._finish('FINISHED')

    def set_exception(self, exception):
        if self._state != 'PENDING':
            raise InvalidStateError('invalid state')
        if isinstance(exception, type):
            exception = exception()
        if type(exception) is StopIteration:
            raise TypeError('StopIteration interacts badly with generators and cannot be raised into a Future')
        self._exception = exception
        self._finish('FINISHED')

    def cancel(self, msg=None):
        if self._state != 'PENDING':
            return False
        self._cancel_message = msg
        self._finish('CANCELLED')
        return True

    def _finish(self, state):
        self._state = state
        callbacks, self._callbacks = self._callbacks, []
        for callback in callbacks:
            self._loop.call_soon(callback, self)

    def add_done_callback(self, fn, *, context=None):
        if self._state != 'PENDING':
            self._loop.call_soon(fn, self)
        else:
            self._callbacks.append(fn)

    def remove_done_callback(self, fn):
        kept = [f for f in self._callbacks if f != fn]
        removed = len(self._callbacks) - len(kept)
        self._callbacks = kept
        return removed

    def get_loop(self):
        return self._loop

    def __await__(self):
        if self._state == 'PENDING':
            yield self
        if self._state == 'PENDING':
            raise RuntimeError("await wasn't used with future")
        return self.result()

    __iter__ = __await__

    def __repr__(self):
        text = self._state.lower()
        if self._state == 'FINISHED':
            text += f' exception={self._exception!r}' if self._exception is not None else f' result={self._result!r}'
        return f'<Future {text}>'


class Task(Future):
    """A coroutine that the loop runs."""

    def __init__(self, coro, *, loop=None, name=None, context=None):
        global _names
        if not iscoroutine(coro):
            raise TypeError(f'a coroutine was expected, got {coro!r}')
        super().__init__(loop=loop)
        if name is None:
            _names += 1
            name = f'Task-{_names}'
        self._name = str(name)
        self._coro = coro
        self._waits_for = None
        self._must_cancel = False
        self._requests = 0
        self._loop._tasks[id(self)] = self
        self._loop.call_soon(self._step)

    def get_name(self):
        return self._name

    def set_name(self, value):
        self._name = str(value)

    def get_coro(self):
        return self._coro

    def set_result(self, result):
        raise RuntimeError('Task does not support set_result operation')

    def set_exception(self, exception):
        raise RuntimeError('Task does not support set_exception operation')

    def cancel(self, msg=None):
        if self.done():
            return False
        self._requests += 1
        self._cancel_message = msg
        if self._waits_for is not None and self._waits_for.cancel(msg=msg):
            return True
        self._must_cancel = True
        return True

    def cancelling(self):
        return self._requests

    def uncancel(self):
        if self._requests > 0:
            self._requests -= 1
        return self._requests

    def _step(self, error=None):
        if self.done():
            return
        if self._must_cancel:
            if not isinstance(error, CancelledError):
                error = self._cancelled_error()
            self._must_cancel = False
        self._waits_for = None
        loop = self._loop
        before, loop._current = loop._current, self
        try:
            got = self._coro.send(None) if error is None else self._coro.throw(error)
        except StopIteration as e:
            self._end()
            if self._must_cancel:
                self._must_cancel = False
                super().cancel(self._cancel_message)
            else:
                super().set_result(e.value)
        except CancelledError as e:
            self._end()
            super().cancel(e.args[0] if e.args else None)
        except (KeyboardInterrupt, SystemExit) as e:
            self._end()
            super().set_exception(e)
            raise
        except BaseException as e:
            self._end()
            super().set_exception(e)
        else:
            if got is None:
                loop.call_soon(self._step)
            elif isinstance(got, Future):
                if got is self:
                    loop.call_soon(self._step, RuntimeError(f'Task cannot await on itself: {self!r}'))
                else:
                    self._waits_for = got
                    got.add_done_callback(self._wake)
                    if self._must_cancel and got.cancel(msg=self._cancel_message):
                        self._must_cancel = False
            else:
                loop.call_soon(self._step, RuntimeError(f'Task got bad yield: {got!r}'))
        finally:
            loop._current = before

    def _end(self):
        self._loop._tasks.pop(id(self), None)

    def _wake(self, future):
        if future._state == 'CANCELLED':
            self._step(future._cancelled_error())
        else:
            self._step(future._exception)

    def __repr__(self):
        return f"<Task {self._state.lower()} name={self._name!r} coro={self._coro!r}>"


class Handle:
    """A call the loop will make."""

    def __init__(self, callback, args, when=None):
        self._callback = callback
        self._args = args
        self._when = when
        self._cancelled = False

    def cancel(self):
        self._cancelled = True

    def cancelled(self):
        return self._cancelled

    def when(self):
        return self._when

    def _run(self):
        if not self._cancelled:
            self._callback(*self._args)


TimerHandle = Handle


class AbstractEventLoop:
    """Runs callbacks in the order they became ready; timers by their time."""

    def __init__(self):
        self._ready = collections.deque()
        self._timers = []
        self._count = 0
        self._tasks = {}
        self._current = None
        self._closed = False
        self._stopping = False

    def time(self):
        return time.monotonic()

    def call_soon(self, callback, *args, context=None):
        handle = Handle(callback, args)
        self._ready.append(handle)
        return handle

    call_soon_threadsafe = call_soon

    def call_later(self, delay, callback, *args, context=None):
        return self.call_at(self.time() + delay, callback, *args)

    def call_at(self, when, callback, *args, context=None):
        handle = Handle(callback, args, when)
        self._count += 1
        heapq.heappush(self._timers, (when, self._count, handle))
        return handle

    def create_future(self):
        return Future(loop=self)

    def create_task(self, coro, *, name=None, context=None):
        return Task(coro, loop=self, name=name)

    def run_in_executor(self, executor, func, *args):
        future = Future(loop=self)
        try:
            future.set_result(func(*args))
        except Exception as e:
            future.set_exception(e)
        return future

    def _run_once(self):
        while self._timers and self._timers[0][2]._cancelled:
            heapq.heappop(self._timers)
        if not self._ready:
            if not self._timers:
                raise RuntimeError('deadlock: every task waits and nothing can wake one')
            wait = self._timers[0][0] - self.time()
            if wait > 0:
                time.sleep(wait)
        now = self.time() + 1e-6
        while self._timers and self._timers[0][0] <= now:
            self._ready.append(heapq.heappop(self._timers)[2])
        for _ in range(len(self._ready)):
            self._ready.popleft()._run()

    def run_until_complete(self, future):
        global _running
        if self._closed:
            raise RuntimeError('Event loop is closed')
        if _running is not None:
            raise RuntimeError('This event loop is already running' if _running is self
                               else 'Cannot run the event loop while another loop is running')
        future = ensure_future(future, loop=self)
        _running = self
        try:
            while not future.done():
                self._run_once()
        finally:
            _running = None
        return future.result()

    def run_forever(self):
        global _running
        _running = self
        self._stopping = False
        try:
            while not self._stopping:
                self._run_once()
        finally:
            _running = None

    def stop(self):
        self._stopping = True

    def is_running(self):
        return _running is self

    def is_closed(self):
        return self._closed

    def close(self):
        self._closed = True

    def get_debug(self):
        return False

    def set_debug(self, enabled):
        pass

    async def shutdown_asyncgens(self):
        pass

    def _cancel_all(self):
        left = list(self._tasks.values())
        for task in left:
            task.cancel()
        if left:
            self.run_until_complete(_settled(left))


async def _settled(tasks):
    await gather(*tasks, return_exceptions=True)


_default = None


def new_event_loop():
    return AbstractEventLoop()


def set_event_loop(loop):
    global _default
    _default = loop


def get_event_loop():
    global _default
    if _running is not None:
        return _running
    if _default is None:
        _default = AbstractEventLoop()
    return _default


def get_running_loop():
    if _running is None:
        raise RuntimeError('no running event loop')
    return _running


def run(main, *, debug=None):
    """Runs a coroutine to its end in a loop of its own."""
    if _running is not None:
        raise RuntimeError('asyncio.run() cannot be called from a running event loop')
    if not iscoroutine(main):
        raise ValueError(f'a coroutine was expected, got {main!r}')
    loop = AbstractEventLoop()
    try:
        return loop.run_until_complete(loop.create_task(main))
    finally:
        try:
            loop._cancel_all()
        finally:
            loop.close()


def iscoroutine(obj):
    return type(obj).__name__ == 'coroutine'


def iscoroutinefunction(func):
    import inspect
    return inspect.iscoroutinefunction(func)


def isfuture(obj):
    return isinstance(obj, Future)


def ensure_future(awaitable, *, loop=None):
    if isinstance(awaitable, Future):
        return awaitable
    loop = loop or get_event_loop()
    if iscoroutine(awaitable):
        return loop.create_task(awaitable)
    if hasattr(type(awaitable), '__await__'):
        return loop.create_task(_await(awaitable))
    raise TypeError('An asyncio.Future, a coroutine or an awaitable is required')


async def _await(awaitable):
    return await awaitable


def create_task(coro, *, name=None, context=None):
    return get_running_loop().create_task(coro, name=name)


def current_task(loop=None):
    return (loop or get_running_loop())._current


def all_tasks(loop=None):
    return set((loop or get_running_loop())._tasks.values())


class _Pass:
    def __await__(self):
        yield


async def sleep(delay, result=None):
    if delay <= 0:
        await _Pass()
        return result
    loop = get_running_loop()
    future = loop.create_future()
    handle = loop.call_later(delay, _set_unless_done, future, result)
    try:
        return await future
    finally:
        handle.cancel()


def _set_unless_done(future, result):
    if not future.done():
        future.set_result(result)


from _asyncio_groups import (Runner, TaskGroup, Timeout, as_completed, gather, shield, timeout, timeout_at, to_thread,  # noqa: E402
                             wait, wait_for)
