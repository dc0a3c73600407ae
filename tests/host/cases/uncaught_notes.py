import sys
print("out")
e = ValueError("with notes")
e.add_note("first note")
e.add_note("second")


def thrower():
    with open(__file__) as f:
        for line in f:
            raise e


thrower()
