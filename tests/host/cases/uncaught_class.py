class Outer(Exception):
    def __str__(self):
        return "custom " + str(self.args)


class K:
    y = [1, 2, 3]

    def go(self):
        for v in self.y:
            self.fail(v)

    def fail(self, v):
        if v == 2:
            raise Outer(v)


def gen():
    yield K().go()


try:
    list(gen())
except Outer as exc:
    try:
        raise KeyError("k") from exc
    finally:
        print("done")
