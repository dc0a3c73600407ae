"""Variables of a context."""

_MISSING = object()


class Token:
    MISSING = _MISSING

    def __init__(self, var, old):
        self.var, self.old_value, self._used = var, old, False


class ContextVar:
    def __init__(self, name, *, default=_MISSING):
        self.name, self._default, self._value = name, default, _MISSING

    def get(self, default=_MISSING, /):
        for value in (self._value, default, self._default):
            if value is not _MISSING:
                return value
        raise LookupError(self)

    def set(self, value, /):
        token = Token(self, self._value)
        self._value = value
        return token

    def reset(self, token, /):
        if token.var is not self:
            raise ValueError(f'{token!r} was created by a different ContextVar')
        if token._used:
            raise RuntimeError(f'{token!r} has already been used once')
        token._used = True
        self._value = token.old_value
