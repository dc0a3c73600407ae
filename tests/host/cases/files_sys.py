import sys
name = "_tmp_host_case.txt"
with open(name, "w") as f:
    print(f.write("héllo\nworld\n"), f.closed); print("via print", 1, sep="-", file=f)
    f.writelines(["x\n", "y"])
print(f.closed)
with open(name) as f: print(f.read())
with open(name) as f: print([l.strip() for l in f], f.read() == "")
with open(name) as f: print(repr(f.readline()), repr(f.read(3)), f.readlines())
with open(name, "rb") as f: b = f.read(6); print(b, f.tell()); f.seek(0); print(f.read(1)); f.seek(-1, 2); print(f.read())
with open(name, "ab") as f: f.write(b"\xff")
with open(name, "rb") as f: print(f.read()[-2:])
try: open(name).read()
except UnicodeDecodeError as e: print("decode", e.reason)
for mode in ("q", "rw"):
    try: open(name, mode)
    except ValueError as e: print(e)
try: f.read()
except ValueError as e: print(e)
try: open(name, "x")
except FileExistsError as e: print(e.errno, e.strerror)
try: open("no_such_dir/f", "w")
except OSError as e: print(type(e).__name__, e)
try: open("/")
except IsADirectoryError as e: print(e.errno)
with open(name, "w") as f:
    try: f.read()
    except Exception as e: print(type(e).__name__, e)
    try: f.write(5)
    except TypeError as e: print(e)
class Cap:
    def __init__(self): self.s = []
    def write(self, t): self.s.append(t)
    def flush(self): pass
old = sys.stdout; cap = sys.stdout = Cap(); print("captured", 1); sys.stdout = old
print(cap.s)
print("a", "b", sep="", end="|\n"); print(*[1, 2], sep=", "); print(end=""); print("flush", flush=True); print(None, file=sys.stdout)
try: print(sep=5)
except TypeError as e: print(e)
sys.stdout.write("direct\n")
print(sys.maxsize, sys.byteorder, sys.version_info >= (3, 8), sys.version_info[0], sys.version_info.major, sys.getrecursionlimit(), "sys" in sys.modules, isinstance(sys.argv, list))
def fr(): return sys._getframe(0).f_code.co_name, sys._getframe(1).f_code.co_name, sys._getframe().f_lineno > 0
print(fr()); f = sys._getframe(); print(f.f_globals is globals() or f.f_globals == globals(), f.f_code.co_name)

open(name, "w").close()
