"""
Threads as far as a single-threaded host has them: locks, thread-local values, and threads that run to their end when they
are started.
"""

__all__ = ["Lock", "RLock", "Thread", "Event", "local", "current_thread", "main_thread", "active_count", "get_ident"]


class ThreadError(RuntimeError):
    pass


class Lock:
    def __init__(self):
        self._held = 0

    def acquire(self, blocking=True, timeout=-1):
        if self._held:
            if blocking and timeout < 0:
                raise RuntimeError("deadlock: the lock is held and no other thread can release it")
            return False
        self._held = 1
        return True

    def release(self):
        if not self._held:
            raise RuntimeError("release unlocked lock")
        self._held = 0

    def locked(self):
        return self._held > 0

    def __enter__(self):
        return self.acquire()

    def __exit__(self, *exc_info):
        self.release()


class RLock(Lock):
    def acquire(self, blocking=True, timeout=-1):
        self._held += 1
        return True

    def release(self):
        if not self._held:
            raise RuntimeError("cannot release un-acquired lock")
        self._held -= 1


class local:
    """Values of the current thread; there is one."""


class Event:
    def __init__(self):
        self._flag = False

    def is_set(self):
        return self._flag

    def set(self):
        self._flag = True

    def clear(self):
        self._flag = False

    def wait(self, timeout=None):
        if not self._flag and timeout is None:
            raise RuntimeError("deadlock: the event is not set and no other thread can set it")
        return self._flag


_count = 0
_current = None


class Thread:
    """Runs its target when started; `start` comes back when that is done."""

    def __init__(self, group=None, target=None, name=None, args=(), kwargs=None, *, daemon=None):
        global _count
        _count += 1
        self._target, self._args, self._kwargs = target, args, kwargs or {}
        tail = f" ({target.__name__})" if hasattr(target, "__name__") else ""
        self.name, self.daemon, self.ident = name or f"Thread-{_count}{tail}", bool(daemon), None
        self._started = False

    def run(self):
        if self._target is not None:
            self._target(*self._args, **self._kwargs)

    def start(self):
        global _current
        if self._started:
            raise RuntimeError("threads can only be started once")
        self._started = True
        self.ident = id(self)
        before, _current = _current, self
        try:
            self.run()
        except SystemExit:
            pass
        except Exception as error:
            import sys
            import traceback

            sys.stderr.write(f"Exception in thread {self.name}:\n" + "".join(traceback.format_exception(error)))
        finally:
            _current = before

    def join(self, timeout=None):
        if not self._started:
            raise RuntimeError("cannot join thread before it is started")

    def is_alive(self):
        return False


_main = Thread(name="MainThread")
_main.ident = id(_main)
_count = 0


def main_thread():
    return _main


def current_thread():
    return _current or _main


def get_ident():
    return current_thread().ident


def active_count():
    return 1 if _current is None else 2
