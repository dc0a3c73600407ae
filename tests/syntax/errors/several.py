def f(x)
    return x

class A:
def g():
    y = 1 +
    z = (1 2)
    f() = 3
    return y

if x = 1:
    q = [1, 2
elif y:
    r = )
else:
    s = 'abc

print "hello"
t = 0777
