import torch
from torch import nn


class Inner(nn.Module):
    def __init__(self, k):
        super().__init__()
        self.k = k
        self.w = nn.Parameter(torch.full((2, 2), float(k)))
        self.register_buffer("b", torch.arange(2.0))

    def forward(self, x):
        return x @ self.w + self.b * self.k


class Outer(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = Inner(2)
        self.c = Inner(3)
        self.names = ["x", "y"]
        self.table = {"one": 1.5}
        self.pair = (1, "p")
        self.opt = None
        self.list = nn.ModuleList([nn.ReLU(), nn.Tanh()])

    def forward(self, x):
        y = self.a(x) + self.c(x)
        for m in self.list:
            y = m(y)
        if self.opt is not None:
            y = y * 2
        return y, self.names[0], self.table["one"], self.pair

    @torch.jit.export
    def other(self, x):
        return self.c(x) * self.table["one"]


s = torch.jit.script(Outer().eval())
f = torch.jit.freeze(s)
print(f.code)
print(f.graph)
print(f(torch.eye(2)))
print([n for n, _ in f.named_modules()], [n for n, _ in f.named_parameters()], [n for n, _ in f.named_buffers()])
g = torch.jit.freeze(s, ["other"])
print(g.code)
print(g.other.code)
print(g.other(torch.eye(2)))
h = torch.jit.freeze(s, ["a", "names", "c.k"])
print(h.code)
print([n for n, _ in h.named_modules()])
print(h.a.k, h.names, h.c.k)
print(h(torch.eye(2)))
print(s(torch.eye(2)))
for bad in (["nope"], ["a.nope"], ["x.y"]):
    try:
        torch.jit.freeze(s, bad)
    except Exception as e:
        print(type(e).__name__, str(e).split("\n")[0])
print(f, h)
