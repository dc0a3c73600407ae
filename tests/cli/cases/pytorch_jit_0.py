import torch, warnings
warnings.filterwarnings('ignore')
from typing import List
@torch.jit.script
def f(x: int) -> List[int]:
    return [i for i in range(x)] if x else None
print(type(f).__name__, f(3))
class M(torch.nn.Module):
    def forward(self, x):
        print(type(x).__name__, torch.jit.is_scripting(), isinstance(self, M))
        return x + 1
m = torch.jit.script(M())
print(type(m).__name__, isinstance(m, torch.jit.ScriptModule), m(torch.ones(2)))
t = torch.jit.trace(M(), torch.ones(2)); print(type(t).__name__)
@torch.jit.script
class C:
    def __init__(self, a: int): self.a = a
print(type(C).__name__, C(3).a)
class S(torch.jit.ScriptModule):
    def __init__(self):
        super().__init__()
        self.w = torch.nn.Parameter(torch.ones(2))
    @torch.jit.script_method
    def forward(self, x):
        return x * self.w
s = S(); print(type(s).__name__, s(torch.ones(2)), S.__mro__[1:3], isinstance(s, torch.jit.ScriptModule))
@torch.jit.interface
class I:
    def go(self, x: int) -> int: pass
print(I)
@torch.jit.script_if_tracing
def g(x): return x
print(type(g).__name__)
print(torch.jit.fork(lambda x: x + 1, 2).wait(), torch.jit.wait(torch.jit.fork(f, 2)))
try: print(f.graph)
except Exception as e: print(type(e).__name__, e)
tm = torch.jit.trace_module(M(), {'forward': torch.ones(2)}); print(type(tm).__name__)
ov = torch.jit.ignore(lambda x: x); print(type(ov).__name__)
