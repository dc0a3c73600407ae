def g():
    try:
        x = yield 1
        print('got', x)
        yield 2
    except ValueError as e:
        print('caught', e)
        try:
            yield 3
        finally:
            print('inner')
    finally:
        print('outer')
i = g(); print(next(i), i.throw(ValueError('v'))); i.close()
i = g(); next(i)
try: i.throw(KeyError)
except KeyError as e: print(repr(e))
try: i.send(1)
except StopIteration as e: print('stop', e.value)
def d():
    r = yield from g(); print(r)
    return 5
i = d(); next(i); print(i.send(9)); print(i.throw(ValueError, ValueError('w')))
try: next(i)
except StopIteration as e: print(e.value)
def bad():
    try: yield 1
    except GeneratorExit: yield 2
b = bad(); next(b)
try: b.close()
except RuntimeError as e: print(e)
import inspect
i = g(); print(inspect.getgeneratorstate(i)); next(i); print(inspect.getgeneratorstate(i)); i.close(); print(inspect.getgeneratorstate(i))
print(f"{3.14159:>10.2f}|{'x':^5}|{1234567:,}|{255:#x}|{-5:+05d}|{0.1:e}|{True:d}|{'a'!r:>6}|{1e10:g}|{12:08b}|{3+4j:.1f}|{1_000:_}")
print('{0[a]} {1.real} {x!s:>4} {{}} {2:{w}}'.format({'a': 1}, 3, 'q', x=5, w=4), '%-5s|%05.1f|%x|%c|%r|%%|%+d|%e' % ('a', 2.25, 255, 'z', 'q', 3, 12345.678))
import weakref
class W: pass
w = W(); r = weakref.ref(w); print(r() is w, weakref.proxy(w).__class__ is W)
wd = weakref.WeakValueDictionary(); wd['k'] = w; print('k' in wd, len(wd))
