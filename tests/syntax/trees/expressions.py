"""Every kind of expression, with what is easy to get wrong about its range."""
x = 1 + 2 * 3 ** -4 ** 5 // (6 - 7) @ y % z
x = (a or b) and not (c and d or e)
x = a < b <= c != d is not e not in f is g in h
x = a if b else c if d else (e)
x = ~-+a | b ^ c & d << 1 >> 2
x = lambda: 0
x = lambda a, /, b=1, *c, d, e=2, **f: (yield)
x = lambda *, k: lambda *a: k
x = ()
x = (a)
x = (a,)
x = a,
x = (((a, b)), [c, *d], {e, *f}, {**g, 'h': i})
x = {}
x = {1: 2, **{3: 4}, 5: 6,}
x = [i for i in range(10) if i if not i for j in i]
x = {i: j for i, j in x.items()}
x = {i for i, in x}
x = (i async for i in y)
x = f(a, *b, c=d, *e, **f, g=h,)
x = f(i for i in x)
x = f((i for i in x), 1)
x = f(a := 1, b=(c := 2))
x = a.b[c].d(e)[f:g, h:, :i, ::j, :, ...]
x = a[b,]
x = a[*b]
x = a[*b, c:d]
x = a[b := 1]
(y := 5)
x = (yield)
x = yield a, *b
x = yield from z
x = await b ** await c
x = True, False, None, ..., NotImplemented
x = 'é' + ø[ü] + "日本".语(変数)
x = (a
     + b  # comment
     ) \
    - c
