"""Attention, transformers, recurrent and convolutional networks; the check that sees another path taken."""
import torch, warnings, sys
from torch import nn
import torch.nn.functional as F
warnings.simplefilter("ignore")
torch.manual_seed(0)
def T(name,m,*a,show=True,**k):
    print("=====",name)
    try:
        t=torch.jit.trace(m,a,**k)
    except Exception as e:
        print("ERR",type(e).__name__,str(e)[:600]); return
    if show:
        print(t.graph); print(t.code)
    return t
x=torch.randn(2,5,8)
enc=nn.TransformerEncoderLayer(8,2,16,batch_first=True,dropout=0.0)
t=T("enc train",enc,x)
if t: print(torch.allclose(t(x),enc(x),atol=1e-5))
enc.eval()
t=T("enc eval",enc,x)
if t: print(torch.allclose(t(x),enc(x),atol=1e-5))
e2=nn.TransformerEncoder(nn.TransformerEncoderLayer(8,2,16,batch_first=True,dropout=0.0),2)
e2.eval()
t=T("encoder",e2,x)
mha=nn.MultiheadAttention(8,2,batch_first=True)
class M(nn.Module):
    def __init__(s):
        super().__init__(); s.a=mha
    def forward(s,x): return s.a(x,x,x)[0]
t=T("mha",M(),x)
t=T("lstmcell",nn.LSTMCell(3,2),torch.randn(2,3),(torch.randn(2,2),torch.randn(2,2)))
t=T("lstm",nn.LSTM(3,2,batch_first=True),torch.randn(2,4,3))
t=T("gru",nn.GRU(3,2,2,bidirectional=True),torch.randn(2,4,3))
t=T("conv",nn.Sequential(nn.Conv2d(3,4,3,padding=1),nn.BatchNorm2d(4),nn.ReLU(),nn.MaxPool2d(2),nn.Flatten(),nn.Linear(4*4*4,2)).eval(),torch.randn(1,3,8,8))
t=T("conv train",nn.Sequential(nn.Conv2d(3,4,3,padding=1),nn.BatchNorm2d(4),nn.ReLU(True),nn.AvgPool2d(2),nn.Dropout(0.5)),torch.randn(2,3,8,8),check_trace=False)
t=T("emb",nn.Sequential(nn.Embedding(10,4),nn.LayerNorm(4),nn.GELU(),nn.Softmax(-1)),torch.tensor([[1,2],[3,4]]))
t=T("dec",nn.TransformerDecoderLayer(8,2,16,batch_first=True,dropout=0.0),x,x,show=True)
