"""Assignment to parts, in-place operators, operators of layers and losses, recurrent cells by their parts."""
import torch, warnings
import torch.nn.functional as F
from torch import nn
warnings.simplefilter("ignore")
torch.manual_seed(0)
def T(f,*a,**k):
    try:
        t=torch.jit.trace(f,a,check_trace=False,**k)
        print(t.graph)
    except Exception as e:
        print("ERR",type(e).__name__,str(e)[:600])
x=torch.arange(6.).view(2,3)
img=torch.ones(1,2,4,4)
def setitems(x):
    x=x.clone(); x[0]=1; x[:,1]=x[:,0]; x[x>2]=0; x[0,1]=3.5; x[1:]=torch.ones(3); x[[0]]=x[[1]]; x[...]=2; x[0,:2]+=1
    return x
def inpl(x):
    y=x.clone(); y.add_(1); y*=2; y.zero_(); y.fill_(3); y.normal_(); y.uniform_(0,1); y.copy_(x); y.masked_fill_(x>1,0.); y.t_(); y.relu_()
    y.bernoulli_(0.5); y.clamp_(0,1); torch.add(x.t(),1,out=y)
    return y
fs=[setitems,inpl,
 lambda x: F.conv2d(img,torch.ones(3,2,2,2))+F.conv2d(img,torch.ones(3,2,3,3),torch.ones(3),padding=1)[...,:3,:3]+F.conv2d(img,torch.ones(3,2,3,3),padding="same")[...,:3,:3],
 lambda x: F.max_pool2d(img,2)+F.avg_pool2d(img,2)+F.adaptive_avg_pool2d(img,2)+F.adaptive_max_pool2d(img,2),
 lambda x: F.interpolate(img,scale_factor=2)+F.interpolate(img,size=(8,8),mode="bilinear",align_corners=False)+F.pad(img,(2,2,2,2)),
 lambda x: F.embedding(torch.tensor([0,1]),x)+F.one_hot(torch.tensor([0,1]),3),
 lambda x: F.cross_entropy(x,torch.tensor([0,1]))+F.mse_loss(x,x)+F.nll_loss(x,torch.tensor([0,1])),
 lambda x: F.batch_norm(x,torch.zeros(3),torch.ones(3)),
 lambda x: torch.outer(x[0],x[0])+torch.bmm(x[None],x[None].transpose(1,2))[0,0,0],
 lambda x: torch.bernoulli(x/6)+torch.multinomial(x+1,2)[:,:1]+torch.normal(0.,1.,(2,3)),
 lambda x: torch.nn.functional.scaled_dot_product_attention(x[None],x[None],x[None]),
 lambda x: torch.meshgrid(x[0],x[0],indexing="ij")[0]+torch.cumsum(x,1)[0],
 lambda x: torch.allclose(x,x) and x or x,
 lambda x: x.detach()+x.data+x.requires_grad_(False),
 lambda x: torch.quantile(x,0.5)+x.var()+torch.histc(x,4).sum()+x.argmax()+torch.any(x>1),
 lambda x: torch.fft.fft(x).abs()+torch.linalg.norm(x)+torch.special.expit(x)+x.det() if 0 else torch.fft.fft(x).abs()+torch.linalg.norm(x)+torch.special.expit(x),
]
for i,f in enumerate(fs):
    print("====",i); T(f,x)
T(nn.LSTMCell(3,2),x)
T(nn.GRUCell(3,2),x)
T(nn.RNNCell(3,2),x)
T(nn.LSTM(3,2),x[None])
T(nn.GRU(3,2,batch_first=True),x[None])
