import torch


class S(torch.jit.ScriptModule):
    __constants__ = ["k"]

    def __init__(self):
        super().__init__()
        self.k = 3
        self.w = torch.nn.Parameter(torch.ones(2), requires_grad=False)
        self.lin = torch.nn.Linear(2, 2)

    @torch.jit.script_method
    def forward(self, x):
        return x * self.w + self.helper(x, 1) * self.k

    @torch.jit.script_method
    def helper(self, x, n: int = 1):
        return x + n


s = S()
print(s(torch.ones(2)), s.helper(torch.zeros(1), 5), s.k)
print(s.code)
print(s)
print(sorted(s.state_dict()))
s.define("""
def extra(self, x: Tensor, n: int = 2) -> Tensor:
    return self.forward(x) * n
""")
print(s.extra(torch.ones(2)))
