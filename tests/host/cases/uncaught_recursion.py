def f(n):
    return f(n + 1)


class A:
    @property
    def p(self):
        raise ValueError("multi\nline")


def g():
    for i in range(3):
        [x for x in A().p]


try:
    f(0)
except RecursionError:
    g()
