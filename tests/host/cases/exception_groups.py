"""except*, and exception groups by themselves."""


def run(e):
    try:
        try:
            raise e
        except* ValueError as g:
            print("  values", g.exceptions, type(g).__name__)
        except* (TypeError, KeyError) as g:
            print("  types", repr(g))
            if len(g.exceptions) > 1:
                raise
        except* OSError:
            raise RuntimeError("from handler")
        else:
            print("  never here")
        finally:
            print("  finally")
    except BaseException as x:
        print("  left:", repr(x))
        if isinstance(x, BaseExceptionGroup):
            print("  members:", x.exceptions)


for e in [
    ValueError(1),
    ExceptionGroup("g", [ValueError(1), TypeError(2)]),
    ExceptionGroup("g", [ValueError(1), ExceptionGroup("h", [KeyError("k"), ValueError(3)]), IndexError(4)]),
    ExceptionGroup("g", [TypeError(1), KeyError(2)]),
    ExceptionGroup("g", [OSError(1), IndexError(2)]),
    ExceptionGroup("g", [OSError(1)]),
    IndexError("naked"),
    KeyboardInterrupt(),
]:
    print(repr(e))
    run(e)

try:
    try:
        pass
    except* ValueError:
        print("no")
    else:
        print("else ran")
except Exception:
    print("no")

g = ExceptionGroup("top", [ValueError("a"), ExceptionGroup("low", [TypeError("b"), ValueError("c")])])
print(str(g), g.message, len(g.exceptions))
print(g.split(ValueError))
print(g.subgroup(lambda e: isinstance(e, TypeError)))
print(g.subgroup((KeyError, TypeError)), g.subgroup(KeyError), g.split(KeyError))
print(type(BaseExceptionGroup("b", [KeyboardInterrupt()])).__name__, type(BaseExceptionGroup("b", [ValueError()])).__name__)
print(ExceptionGroup.__mro__)


class Mine(ExceptionGroup):
    def derive(self, excs):
        return Mine(self.message + "'", excs)


print(repr(Mine("m", [ValueError(1), TypeError(2)]).split(ValueError)[0]))
for args in [(), ("m",), (1, [ValueError()]), ("m", 3), ("m", []), ("m", [1]), ("m", [KeyboardInterrupt()])]:
    try:
        ExceptionGroup(*args)
    except Exception as e:
        print(type(e).__name__, e)
try:
    try:
        raise ValueError(1)
    except* ExceptionGroup:
        pass
except TypeError as e:
    print(e)
