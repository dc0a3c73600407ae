"""Graphs, in-place histories, hooks, functions of the user."""
import torch
x=torch.tensor([1.,2.,3.],requires_grad=True)
w=torch.tensor([[1.,2.],[3.,4.],[5.,6.]],requires_grad=True)
y=(x*2+1).relu()
z=(y@w).sum()
print(y, z, z.grad_fn.name())
z.backward()
print(x.grad, w.grad)
a=torch.randn(2,3,requires_grad=True)
b=torch.nn.functional.linear(a, torch.ones(4,3,requires_grad=True), torch.zeros(4,requires_grad=True))
print([f.name() for f, _ in b.grad_fn.next_functions])
with torch.no_grad():
    print((x*2).requires_grad)
print([t.grad_fn.name() for t in (x[0], x.view(3,1), torch.cat([x,x]), x.reshape(3,1).T)])
x2=torch.tensor(2.0,requires_grad=True)
g,=torch.autograd.grad(x2**3,x2,create_graph=True)
print(g, torch.autograd.grad(g,x2))
@torch.no_grad()
def f(t): return t*2
print(f(x))
z=torch.zeros(3); v=z[0]; v.mul_(x2); print(v.requires_grad, v.grad_fn.name(), z.grad_fn.name())
z[1]=x2
z.sum().backward(); print(x2.grad)
try: x.add_(1)
except RuntimeError as e: print(str(e)[:90])
try:
  q=x.exp(); q.sub_(1); q.sum().backward()
except RuntimeError as e: print(str(e)[:90])
try:
  q=x.sigmoid(); q.mul_(2); q.sum().backward()
except RuntimeError as e: print(str(e)[:90])

class Cube(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x ** 3
    @staticmethod
    def backward(ctx, g):
        (x,) = ctx.saved_tensors
        return g * 3 * x ** 2
c = Cube.apply(x)
c.sum().backward()
print(c, x.grad)
h = (x * 2)
h.retain_grad()
h.register_hook(lambda g: g * 10)
h.sum().backward()
print(h.grad, x.grad, x.is_leaf, h.is_leaf)
try: h.sum().backward()
except RuntimeError as e: print(str(e)[:60])
s = x.exp().sum()
s.backward()
try: s.backward()
except RuntimeError as e: print(str(e)[:60])
print(torch.autograd.functional.jacobian(lambda t: t ** 2, x), torch.autograd.functional.hessian(lambda t: (t ** 3).sum(), x))
