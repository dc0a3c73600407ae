def t(f):
    try: r = f()
    except Exception as e: return type(e).__name__, e.args
    else: return r
    finally: print("finally")
print(t(lambda: 1), t(lambda: 1 / 0), t(lambda: {}["x"]), t(lambda: int("zz")), t(lambda: undefined))
class MyErr(Exception):
    def __init__(self, code, *a): super().__init__(code, *a); self.code = code
class Sub(MyErr):
    def __str__(self): return f"sub {self.code}"
try: raise Sub(5)
except (ValueError, MyErr) as e: print(e, repr(e), e.code, e.args, isinstance(e, MyErr))
try:
    try: raise KeyError("a")
    except KeyError as e: raise ValueError("b") from e
except ValueError as e: print(repr(e.__cause__), e.__suppress_context__, repr(e.__context__))
try:
    try: 1 / 0
    except ZeroDivisionError: undefined_name
except NameError as e: print(e, repr(e.__context__), e.name)
try:
    try: raise KeyError("x")
    except KeyError: raise ValueError("y") from None
except ValueError as e: print(e.__cause__, e.__suppress_context__)
def reraise():
    try: raise IndexError("i")
    except IndexError: raise
try: reraise()
except LookupError as e: print(repr(e))
try: raise
except RuntimeError as e: print(e)
try: raise 5
except TypeError as e: print(e)
try: raise ValueError
except ValueError as e: print(repr(e))
def fin():
    for i in range(3):
        try:
            if i == 1: continue
            if i == 2: break
            print("body", i)
        finally: print("fin", i)
    else: print("never")
    try: return "ret"
    finally: print("last")
print(fin())
def override():
    try: return 1
    finally: return 2
print(override())
def swallow():
    try: 1 / 0
    finally: return "swallowed"
print(swallow())
def unbound():
    if False: q = 1
    return q
try: unbound()
except UnboundLocalError as e: print(e)
def scope():
    try: raise ValueError("v")
    except ValueError as e: pass
    try: e
    except NameError as x: print(type(x).__name__, x)
scope()
try: assert 1 == 2, "message"
except AssertionError as e: print(repr(e))
try: assert False
except AssertionError as e: print(repr(e), str(e) == "")
e = ValueError("n"); e.add_note("note1"); print(e.__notes__)
import sys
def tb():
    try: 1 / 0
    except ZeroDivisionError as e:
        x = sys.exc_info(); print(x[0], x[1] is e, e.__traceback__.tb_lineno > 0, e.__traceback__.tb_frame.f_code.co_name)
tb(); print(sys.exc_info())
class CM:
    def __init__(self, n, swallow=False): self.n = n; self.s = swallow
    def __enter__(self): print("enter", self.n); return self
    def __exit__(self, et, ev, tb): print("exit", self.n, et.__name__ if et else None, ev); return self.s
with CM(1) as a, CM(2) as b: print(a.n, b.n)
with CM(3, True): raise ValueError("gone")
try:
    with CM(4): raise ValueError("kept")
except ValueError as e: print("caught", e)
def inwith():
    with CM(5): return "from with"
print(inwith())
for i in range(2):
    with CM(i):
        if i == 0: continue
        break
try:
    with 5: pass
except TypeError as e: print(e)
print(issubclass(FileNotFoundError, OSError), OSError(2, "No", "f"), repr(OSError(2, "No", "f")), FileNotFoundError(2, "x").errno, type(OSError(2, "x")).__name__)
try: open("/nonexistent/file")
except FileNotFoundError as e: print(e, e.errno, e.filename)
try: raise StopIteration(5)
except StopIteration as e: print(e.value)
try: sys.exit(3)
except SystemExit as e: print(e.code)
print(KeyError("a"), KeyError("a", "b"), str(KeyError()), repr(ValueError(1, 2)), UnicodeDecodeError("utf-8", b"\xff", 0, 1, "bad"))
try: b"\xff".decode()
except UnicodeDecodeError as e: print(e, e.start, e.reason)
def nested():
    try:
        try: raise ValueError("inner")
        finally: print("f1")
    except ValueError as e:
        try: raise TypeError("second")
        except TypeError as e2: print(repr(e2.__context__))
        print(repr(e))
nested()
try: exec("def f(:\n pass")
except SyntaxError as e: print(type(e).__name__, e.lineno)
class E2(Exception): pass
try: raise E2("a") from ValueError
except E2 as e: print(repr(e.__cause__))
try:
    try: pass
    except 5: pass
    raise KeyError
except KeyError: print("ok")
