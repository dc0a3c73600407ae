def inner(a, b=2, *rest, key=None):
    """Adds."""
    total = a + b
    for r in rest:
        total += r
    return total


def outer(n):
    x = n * 2
    y = inner(x, 3, 4, 5, key="k")
    return x + y


print("start")
breakpoint()
value = outer(3)
for i in range(4):
    value += i
    data = {"value": value, "list": [i] * 3}
print("end", value)
