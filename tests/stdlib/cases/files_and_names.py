from __future__ import annotations
import __future__, typing_extensions, weakref, gc, importlib, shutil, fnmatch, glob, platform, keyword, os, tempfile
from typing_extensions import Literal, Protocol, TypedDict
class A: pass
a = A(); r = weakref.ref(a); print(r() is a, r == weakref.ref(a)); d = weakref.WeakKeyDictionary(); d[a] = 1; print(len(d), d[a])
s = weakref.WeakSet([a]); print(a in s, len(s)); print(gc.isenabled(), importlib.import_module("os.path") is os.path, keyword.iskeyword("for"))
try: weakref.ref(3)
except TypeError as e: print(e)
print(fnmatch.filter(["a.py", "b.txt", "c.py"], "*.py"), fnmatch.fnmatch("x1", "x[0-9]"), fnmatch.fnmatch("xa", "x[!0-9]"), fnmatch.translate("a*.p?"))
with tempfile.TemporaryDirectory() as t:
    os.makedirs(t + "/p/q"); open(t + "/p/a.py", "w").write("1"); open(t + "/p/q/b.py", "w").write("2")
    rel = lambda ps: sorted(os.path.relpath(p, t) for p in ps)
    print(rel(glob.glob(t + "/p/*.py")), rel(glob.glob(t + "/**/*.py", recursive=True)), rel(glob.glob(t + "/p/**", recursive=True)), rel(glob.glob(t + "/*/q")))
    shutil.copytree(t + "/p", t + "/c"); print(rel(glob.glob(t + "/c/**", recursive=True))); shutil.copy(t + "/p/a.py", t + "/z.py"); shutil.move(t + "/z.py", t + "/p/q"); print(os.path.exists(t + "/p/q/z.py")); shutil.rmtree(t + "/p"); print(sorted(os.listdir(t)))
    try: shutil.rmtree(t + "/nope")
    except FileNotFoundError as e: print(e.errno)
print(__future__.annotations.compiler_flag, platform.system())
