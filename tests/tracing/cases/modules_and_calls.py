"""Modules in modules, shared and exported parts, hooks; compiled and traced functions called in traces; structures."""
import torch, warnings
from torch import nn
from typing import NamedTuple, List, Dict, Tuple, Optional
warnings.simplefilter("ignore")
torch.manual_seed(0)
def T(name,f,a,show="graph",**k):
    print("=====",name)
    try:
        t=torch.jit.trace(f,a,**k)
    except Exception as e:
        print("ERR",type(e).__name__,str(e)[:1500]); return
    print(t.graph); print(t.code)
    return t
x=torch.ones(2,3)
class ReturnParam(nn.Module):
    def __init__(s):
        super().__init__(); s.w=nn.Parameter(torch.ones(3)); s.register_buffer("b",torch.zeros(3)); s.lin=nn.Linear(3,3)
    def forward(s,x): return x+s.w, s.lin.weight+s.b, s.lin.weight
T("param out",ReturnParam(),(x,))
class Multi(nn.Module):
    def forward(s,x): return x+1,(x*2,[x,x*3])
class UseMulti(nn.Module):
    def __init__(s):
        super().__init__(); s.m=Multi()
    def forward(s,x):
        a,(b,c)=s.m(x)
        return a+b+c[0]*c[1]
t=T("multi out",UseMulti(),(x,)); 
if t: print(t.m.code, t.m.graph)
class Side(nn.Module):
    def __init__(s):
        super().__init__(); s.h=None; s.l=nn.Linear(3,3)
    def forward(s,x):
        s.h=s.l(x); return None
class UseSide(nn.Module):
    def __init__(s):
        super().__init__(); s.side=Side(); s.side2=Multi()
    def forward(s,x):
        s.side(x); return s.side.h*2+s.side2(s.side.h)[0]
t=T("side",UseSide(),(x,))
if t: print(t.side.code)
class Inner(nn.Module):
    def __init__(s,scale): super().__init__(); s.scale=scale; s.register_buffer("mean",torch.ones(3))
    def forward(s,x): return (x-s.mean)*s.scale
class Outer(nn.Module):
    def __init__(s):
        super().__init__(); s.layers=nn.ModuleList([Inner(2.),Inner(3.)]); s.d=nn.ModuleDict({"a":Inner(1.)}); s.p=nn.ParameterList([nn.Parameter(torch.ones(3))])
    def forward(s,x):
        for l in s.layers: x=l(x)
        return s.d["a"](x)*s.p[0]+s.layers[0].mean
t=T("containers",Outer(),(x,))
if t: print(t, [n for n,_ in t.named_buffers()])
sh=nn.Linear(3,3)
class Shared(nn.Module):
    def __init__(s):
        super().__init__(); s.a=sh; s.b=sh
    def forward(s,x): return s.a(x)+s.b(x)
t=T("shared",Shared(),(x,))
class SharedParam(nn.Module):
    def __init__(s):
        super().__init__(); s.a=nn.Linear(3,3); s.b=nn.Linear(3,3); s.b.weight=s.a.weight
    def forward(s,x): return s.a(x)+s.b(x)
t=T("shared param",SharedParam(),(x,))
class Same(nn.Module):
    def __init__(s):
        super().__init__(); s.w=nn.Parameter(torch.ones(3)); s.v=s.w
    def forward(s,x): return x*s.w+s.v
t=T("same param twice",Same(),(x,))
class Hooked(nn.Module):
    def __init__(s):
        super().__init__(); s.l=nn.Linear(3,3)
        s.l.register_forward_hook(lambda m,i,o:o*2); s.l.register_forward_pre_hook(lambda m,i:(i[0]+1,))
    def forward(s,x): return s.l(x)
t=T("hooks",Hooked(),(x,))
class Exported(nn.Module):
    def __init__(s): super().__init__(); s.k=2.0
    def forward(s,x): return x*2
    @torch.jit.export
    def other(s,x): return x+1
t=T("export",Exported(),(x,))
if t: print(t.other.code)
class Kw(nn.Module):
    def forward(s,x,y,*,z=None): return x-y
t=torch.jit.trace(Kw(),example_kwarg_inputs={"y":x,"x":x*2}); print(t.graph,t.code,t(x=x,y=x))
def kf(a,b=None): return a if b is None else a+b
t=torch.jit.trace(kf,example_kwarg_inputs={"b":x,"a":x*2}); print(t.graph,t.code)
try: torch.jit.trace(Kw(),example_kwarg_inputs={"q":x})
except Exception as e: print(type(e).__name__,e)
@torch.jit.script
def scr(x,n:int,flag:bool=True,l:Optional[List[int]]=None)->Tuple[torch.Tensor,torch.Tensor]:
    for i in range(n): x=x+i
    return x, x*2
def calls(x):
    a,b=scr(x,2); c=scr(a,3,False,[1,2])[0]
    return a+b+c
T("script call tuple",calls,(x,))
@torch.jit.script
def lst(xs:List[torch.Tensor])->Dict[str,torch.Tensor]:
    return {"s":xs[0]+xs[1],"t":xs[0]}
def calls2(x):
    d=lst([x,x*2]); return d["s"]-d["t"]
T("script call dict",calls2,(x,))
def double_it(x): return x*2
tr=torch.jit.trace(double_it,(x,))
T("traced in trace",lambda x:tr(x)+tr(tr(x)),(x,))
@torch.jit.script
def usetr(x,n:int):
    for i in range(n): x=tr(x)
    return x
print(usetr.graph, usetr(x,3))
class NT(NamedTuple):
    a:torch.Tensor
    b:torch.Tensor
T("nt in",lambda p:p.a+p.b if isinstance(p,NT) else p[0]+p[1],(NT(x,x),))
T("dict of tensors nested",lambda d:d["a"][0]+d["a"][1],({"a":(x,x)},))
T("list of tuples",lambda l:l[0][0]+l[1][1],([(x,x),(x,x)],))
with torch.no_grad():
    T("lambda mul",lambda x:x.mul(2).add_(1),(x,))
def func(a,b): 
    c=a; c+=b
    return c
T("inplace arg",func,(torch.zeros(2),torch.ones(2)))
def grad(x):
    w=torch.ones(3,requires_grad=True)
    return (x*w.detach()).sum()
T("req grad",grad,(x,))
T("force out",lambda x:x.clone().add_(1).mul_(2),(x,),_force_outplace=True)
m=torch.jit.trace_module(ReturnParam(),{"forward":(x,)}); print(type(m).__name__, m)
print(isinstance(m,torch.jit.ScriptModule),isinstance(m,nn.Module),type(m).__mro__[1].__name__, m.training, m.original_name)

def named(x): return x

