import pdb


class Counter:
    def __init__(self, n):
        self.n = n

    def __iter__(self):
        for i in range(self.n):
            yield i


def work(items):
    total = 0
    for i in Counter(3):
        total += items[i]
        if total > 4:
            pdb.set_trace()
    return total


def fails(x):
    return 1 / x


try:
    print(work([1, 2, 3]))
    square = lambda v: v * v  # noqa: E731
    breakpoint()
    print(square(3))
    fails(0)
except ZeroDivisionError as e:
    print("caught", e)
while True:
    break
print("done")
