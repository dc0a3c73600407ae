"""Operators of every kind: the nodes that Python's bindings record, creation, indexing, conversions, sizes."""
import torch, warnings
import torch.nn.functional as F
warnings.simplefilter("ignore")
torch.manual_seed(0)
x=torch.arange(6.).view(2,3); y=torch.ones(2,3)
def T(f,*a,**k):
    try:
        t=torch.jit.trace(f,a,check_trace=False,**k)
        print(t.graph)
    except Exception as e:
        print("ERR",type(e).__name__,str(e)[:300])
fs=[
 lambda x: torch.zeros_like(x)+torch.ones_like(x,dtype=torch.float64),
 lambda x: torch.rand(2,3)+torch.randn(3)+torch.rand_like(x)+torch.randint(0,5,(3,)),
 lambda x: torch.full((2,3),1.5)+torch.arange(3)+torch.arange(0,3)+torch.linspace(0,1,3)+torch.empty(3)+torch.eye(3)[0],
 lambda x: x.new_zeros(3)+x.new_ones((3,))+x.new_full((3,),2.)+x.new_tensor([1.,2.,3.]),
 lambda x: x[0]+x[1,2]+x[:,1:][0,0]+x[...,0][0],
 lambda x: x[None]+x[:,None].squeeze(1)+x[x>2][0],
 lambda x: x[[0,1]]+x[:,[0,1,2]]+x[torch.tensor([0,1])],
 lambda x: x.float()+x.double()+x.to(torch.float16)+x.to("cpu")+x.to(x.device,torch.float32)+x.to(y),
 lambda x: x.cpu()+x.contiguous()+x.type(torch.float64)+x.type_as(y)+x.int()+x.bool(),
 lambda x: (x>1)&(x<3)|(x==5)^(x!=2),
 lambda x: 1-x+2/x+x**2+2**x+x//2+x%2+(-x)+abs(x)+3*x,
 lambda x: x.T@x+x.mT@x,
 lambda x: torch.max(x,1)[0]+x.sort(0)[0][:,0]+x.topk(1)[0][:,0],
 lambda x: torch.cat(x.split(1,1),1)+torch.cat(x.chunk(3,1),1)+torch.stack(x.unbind(0)),
 lambda x: torch.einsum("ij,kj->ik",x,x)+x.mean()+x.std()+x.norm()+x.sum((0,1)),
 lambda x: x.view(x.shape[0]*3)+x.reshape(-1,x.size(1)).flatten()+x.view(-1),
 lambda x: x.expand(4,2,3)+x.repeat(2,1).view(2,2,3)[0]+x.permute(1,0).t()+x.unsqueeze(0).transpose(1,2).transpose(2,1),
 lambda x: F.softmax(x,1)+F.relu(x)+F.gelu(x)+F.dropout(x,0.5,True)+F.layer_norm(x,(3,)),
 lambda x: torch.clamp(x,0,1)+x.clamp(min=0.5)+x.masked_fill(x>1,0.)+torch.where(x>0,x,0.),
 lambda x: x.narrow(0,0,x.size(0)-1)+x.sum(dim=x.size(0)-1,keepdim=True),
 lambda x: x.index_select(0,torch.tensor([0]))+torch.gather(x,1,torch.zeros(2,1,dtype=torch.long)),
 lambda x: torch.tril(torch.ones(x.size(0),x.size(1)))*x,
 lambda x: torch.full((x.size(0),),float(x.sum()))+x.numel(),
 lambda x: x.tolist() and x.item() if x.dim()==0 else x+len(x)+x.dim()+x.stride(0),
 lambda x: torch.tensor(x.size(0))+torch.tensor([1,2,3])+torch.as_tensor([1.,2.,3.]),
]
for f in fs: 
    print("====",fs.index(f)); T(f,x)
