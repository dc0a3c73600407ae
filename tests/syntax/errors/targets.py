f() = 1
x + 1 = 2
None = 1
(a, f()) = 1
x = f() = 3
f() += 1
(a, b) += 1
[a]: int = 1
"a": int
del f()
for 1 in x: pass
with a as f(): pass
*a = 1
(a.b := 1)
[x for f() in y]
x = yield = 1
lambda: 1 = 2
