f(a=1, b)
f(**a, *b)
f(True=1)
f(a.b=1)
f(x for x in y, 1)
def a(a=1, b): pass
def b(*): pass
def c(a, /, b, /): pass
def d(*a, *b): pass
def e(**k, a): pass
def g(*a=1): pass
def h(a=): pass
def i((a, b)): pass
def j(/, a): pass
def k(*, /): pass
lambda a=1, b: 0
class A(x for x in y): pass
