"""Switching the recording of gradients on and off."""

import functools
import inspect

import torch
from torch._C import _autograd


class _Decorator:
    """A context manager that is a decorator too."""

    def __call__(self, orig_func):
        if inspect.isgeneratorfunction(orig_func):
            return self._wrap_generator(orig_func)

        @functools.wraps(orig_func)
        def within(*args, **kwargs):
            with self.clone():
                return orig_func(*args, **kwargs)

        return within

    def _wrap_generator(self, func):
        @functools.wraps(func)
        def within(*args, **kwargs):
            gen = func(*args, **kwargs)
            sent = None
            while True:
                try:
                    with self.clone():
                        value = gen.send(sent)
                except StopIteration as stop:
                    return stop.value
                sent = yield value

        return within

    def __enter__(self):
        raise NotImplementedError

    def __exit__(self, exc_type, exc_value, traceback):
        raise NotImplementedError

    def clone(self):
        return self.__class__()


class _BareDecorator(_Decorator):
    """As _Decorator; the class itself decorates when it is called with a function."""

    def __new__(cls, orig_func=None):
        if orig_func is None:
            return super().__new__(cls)
        return cls()(orig_func)


class no_grad(_BareDecorator):
    """Within it nothing is recorded."""

    def __init__(self) -> None:
        self.prev = False

    def __enter__(self) -> None:
        self.prev = torch.is_grad_enabled()
        torch.set_grad_enabled(False)

    def __exit__(self, exc_type, exc_value, traceback) -> None:
        torch.set_grad_enabled(self.prev)


class enable_grad(_BareDecorator):
    """Within it operations are recorded, also inside no_grad."""

    def __enter__(self) -> None:
        self.prev = torch.is_grad_enabled()
        torch._C._autograd.set_grad_enabled(True)

    def __exit__(self, exc_type, exc_value, traceback) -> None:
        torch._C._autograd.set_grad_enabled(self.prev)


class set_grad_enabled(_Decorator):
    """Switches at once; as a context manager it puts back what was."""

    def __init__(self, mode: bool) -> None:
        self.prev = torch.is_grad_enabled()
        self.mode = mode
        _autograd.set_grad_enabled(mode)

    def __call__(self, orig_func):
        _autograd.set_grad_enabled(self.prev)
        return super().__call__(orig_func)

    def __enter__(self) -> None:
        _autograd.set_grad_enabled(self.mode)

    def __exit__(self, exc_type, exc_value, traceback) -> None:
        _autograd.set_grad_enabled(self.prev)

    def __str__(self) -> str:
        return f"torch.autograd.grad_mode.set_grad_enabled(mode={self.mode})"

    def __repr__(self) -> str:
        return str(self)

    def clone(self):
        return self.__class__(self.mode)


class inference_mode(_Decorator):
    """Within it nothing is recorded, nor can what is made be recorded later."""

    def __new__(cls, mode=True):
        if isinstance(mode, bool):
            return super().__new__(cls)
        return cls()(mode)

    def __init__(self, mode: bool = True) -> None:
        self.mode = mode

    def __enter__(self) -> None:
        self.prev = _autograd.is_inference_mode()
        _autograd.set_inference_mode(self.mode)

    def __exit__(self, exc_type, exc_value, traceback) -> None:
        _autograd.set_inference_mode(self.prev)

    def clone(self):
        return self.__class__(self.mode)
