x = foo(1,
        [2, 3

def f(a, b):
    return {a: b
class A:
    pass
y = (1]
z = 1)
