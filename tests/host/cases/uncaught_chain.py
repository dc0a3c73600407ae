class AppError(Exception):
    pass


def low(n):
    if n:
        return low(n - 1)
    return 1 / 0


def mid():
    try:
        low(2)
    except ZeroDivisionError as e:
        raise AppError("wrapped") from e


def top():
    try:
        mid()
    except AppError:
        {}["missing"]


print("before")
top()
