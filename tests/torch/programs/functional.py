"""Functions of torch.functional, eager and scripted."""
import torch
x=torch.tensor([[1.,-2,3],[4,5,-6]])
print(x.norm(dim=1),x.norm(1),x.norm('nuc'),x.norm(p='fro',dim=(0,1),keepdim=True),x.norm(3,0,True),x.norm(dtype=torch.float64))
print(torch.norm(x,dim=0),torch.norm(x,None),torch.norm(x,p=float('inf'),dim=1),torch.norm(x,0))
print(torch.norm(x,'nuc',dim=(0,1)),torch.norm(x,2,dim=(0,1)),torch.norm(x,out=torch.empty(())))
for f in [lambda: torch.norm(x,'bad'), lambda: torch.norm(x,'fro',dim=5),lambda: torch.norm(torch.tensor([1,2])), lambda: torch.norm(x.unsqueeze(0),'nuc')]:
    try: print(f())
    except Exception as e: print(type(e).__name__,e)
print(torch.unique(torch.tensor([3,1,1])),torch.tensor([3,1,1]).unique(return_counts=True),torch.unique(x.long(),dim=0,return_inverse=True))
print(torch.unique_consecutive(torch.tensor([1,1,2,1])),torch.tensor([1,1,2]).unique_consecutive(return_inverse=True))
print(torch.cdist(x,x),torch.tensordot(x,x.t(),1),torch.tensordot(x,x,([0,1],[0,1])))
print(torch.lu(x[:,:2]),torch.lu(x[:,:2],get_infos=True), x[:,:2].lu())
print(torch.stft(torch.arange(16.),4,return_complex=True,window=torch.ones(4)).shape, torch.arange(16.).stft(4,return_complex=True).shape)
print(torch.unravel_index(torch.tensor([5,7]),(3,4)),torch.unravel_index(torch.tensor(3),4))
print(torch.atleast_2d(torch.tensor(1.)),torch.atleast_1d(torch.tensor(1.),torch.tensor([1])))
@torch.jit.script
def f(x):
    return torch.atleast_2d(x), torch.chain_matmul([x,x.t()]), torch.norm(x), torch.unique(x), torch.unique_consecutive(x, return_counts=True),torch.cdist(x,x),torch.tensordot(x,x,2),torch.lu(x@x.t())
print(f(x))
print([n.kind() for n in f.graph.nodes()])
