"""Gradients and nodes of layers and losses."""
import torch, torch.nn as nn, torch.nn.functional as F
torch.manual_seed(0)
def run(name,f,*xs):
    xs=[x.detach().clone().requires_grad_() if x.is_floating_point() else x for x in xs]
    try:
        y=f(*xs)
        w=torch.linspace(0.3,1.7,y.numel(),dtype=y.dtype).view(y.shape)
        (y*w).sum().backward()
        print(name, y.grad_fn.name(), [None if x.grad is None else [round(v,3) for v in x.grad.flatten()[:8].tolist()] for x in xs if x.is_floating_point()])
    except Exception as e: print(name, type(e).__name__, str(e)[:100])
x=torch.rand(2,4,6,6); x1=torch.rand(2,4,6); x3=torch.rand(1,2,4,4,4)
l=torch.randn(3,5); t=torch.tensor([0,1,4]); p=torch.rand(3,5); b=torch.rand(3,5)
for s in ["F.cross_entropy(l,t)","F.cross_entropy(l,t,reduction='none')","F.cross_entropy(l,p)","F.cross_entropy(l,p,reduction='sum',label_smoothing=.1)","F.cross_entropy(l,t,label_smoothing=.1)","F.cross_entropy(l,t,label_smoothing=.1,weight=torch.tensor([.1,.2,.3,.4,.5]))","F.cross_entropy(l,torch.tensor([0,-100,2]))","F.mse_loss(l,p)","F.l1_loss(l,p)","F.smooth_l1_loss(l,p)","F.huber_loss(l,p)","F.kl_div(l,p)","F.kl_div(l,p,log_target=True,reduction='batchmean')","F.binary_cross_entropy(b,p)","F.binary_cross_entropy_with_logits(l,p)","F.binary_cross_entropy_with_logits(l,p,pos_weight=torch.rand(5),weight=torch.rand(5))","F.poisson_nll_loss(l,p)","F.gaussian_nll_loss(l,p,b)","F.hinge_embedding_loss(l,torch.ones(3,5))","F.cosine_embedding_loss(l,p,torch.tensor([1,-1,1]))","F.margin_ranking_loss(l,p,torch.ones(3,1))","F.triplet_margin_loss(l,p,b)","F.multi_margin_loss(l,t)","F.multilabel_margin_loss(l,torch.tensor([[0,1,-1,2,3],[3,-1,0,0,0],[1,2,3,4,0]]))","F.multilabel_soft_margin_loss(l,p)","F.cosine_similarity(l,p)"]:
    run(s, lambda l,p,b: eval(s,globals(),dict(l=l,p=p,b=b)), l,p,b)
w=torch.rand(2,4,3,3); wt=torch.rand(4,2,3,3); wg=torch.rand(4,2,3,3); w1=torch.rand(2,4,3); w3=torch.rand(2,2,2,2,2)
for s in ["F.conv2d(x,w)","F.conv2d(x,w,stride=2,padding=1,dilation=2)","F.conv2d(x,wg,groups=2,bias=torch.ones(4,requires_grad=True))","F.conv1d(x1,w1,stride=2)","F.conv2d(x,w,padding='same')","F.conv2d(x[0],w)","F.conv_transpose2d(x,wt,stride=2,padding=1,output_padding=1)","F.conv_transpose2d(x,wt,groups=2)","F.conv3d(x3,w3)","F.max_pool2d(x,2)","F.max_pool2d(x,3,2,1)","F.max_pool1d(x1,2)","F.max_pool3d(x3,2)","F.avg_pool2d(x,2)","F.avg_pool2d(x,3,2,1)","F.avg_pool2d(x,3,2,1,count_include_pad=False)","F.avg_pool2d(x,3,2,ceil_mode=True)","F.avg_pool1d(x1,2)","F.avg_pool3d(x3,2)","F.adaptive_avg_pool2d(x,1)","F.adaptive_avg_pool2d(x,4)","F.adaptive_avg_pool1d(x1,4)","F.adaptive_avg_pool3d(x3,3)","F.adaptive_max_pool2d(x,4)","F.adaptive_max_pool1d(x1,4)","F.lp_pool2d(x,2,2)","F.max_unpool2d(*F.max_pool2d(x,2,return_indices=True),2)","F.batch_norm(x,None,None,training=True)","F.batch_norm(x,torch.zeros(4),torch.ones(4)*2,w.flatten()[:4],w.flatten()[4:8])","F.batch_norm(x,torch.zeros(4),torch.ones(4)*2,w.flatten()[:4],w.flatten()[4:8],training=True)","F.layer_norm(x,(6,))","F.layer_norm(x,(6,6),x[0,0],x[0,1])","F.group_norm(x,2,w.flatten()[:4],w.flatten()[4:8])","F.instance_norm(x)","F.rms_norm(x,(6,))","F.local_response_norm(x,2)","F.interpolate(x,scale_factor=2)","F.interpolate(x,scale_factor=2,mode='bilinear')","F.interpolate(x,scale_factor=2,mode='bicubic')","F.interpolate(x1,scale_factor=2,mode='linear')","F.interpolate(x3,size=3,mode='trilinear')","F.interpolate(x,size=4,mode='area')","F.interpolate(x,size=4,mode='nearest-exact')","F.pixel_shuffle(x,2)","F.pixel_unshuffle(x,2)","F.channel_shuffle(x,2)","F.unfold(x,2)","F.fold(F.unfold(x,2),(6,6),2)","F.pad(x,(1,2,-1,1),mode='constant',value=2.)","F.linear(x,w[0,0].repeat(1,2))","F.glu(x)","F.normalize(x)","torch.matmul(x,x)","torch.matmul(w[0,0],x1.view(2,8,3).transpose(1,2))","torch.cdist(x1,x1*2+1)","F.prelu(x,w1.flatten()[:4])","F.prelu(x,w1.flatten()[:1])","F.gelu(x)","F.gelu(x,approximate='tanh')","F.silu(x)","F.mish(x)","F.elu(x-.5)","F.celu(x-.5)","F.selu(x-.5)","F.softplus(x)","F.hardswish(x*8-4)","F.hardsigmoid(x*8-4)","F.logsigmoid(x)","F.softsign(x)","F.tanhshrink(x)","F.softshrink(x,.3)","F.hardshrink(x)","F.relu6(x*9)","F.threshold(x,.3,0.)","F.softmin(x,1)","F.log_softmax(x,1)","F.bilinear(x1,x1,torch.rand(2,6,6))"]:
    run(s, lambda x,x1,x3,w,w1,wt,wg,w3: eval(s,globals(),dict(x=x,x1=x1,x3=x3,w=w,w1=w1,wt=wt,wg=wg,w3=w3)), x,x1,x3,w,w1,wt,wg,w3)
torch.manual_seed(0)
for m in (nn.RNN(6,2),nn.LSTM(6,2),nn.GRU(6,2),nn.GRU(6,2,2,bidirectional=True),nn.LSTM(6,4,2,batch_first=True,proj_size=2),nn.RNN(6,2,nonlinearity='relu',bias=False)):
    o,h=m(x1); (o.sum()*2+ (h[0] if isinstance(h,tuple) else h).pow(2).sum()).backward()
    print(type(m).__name__, [round(p.grad.sum().item(),3) for p in m.parameters()])
for m in (nn.LSTMCell(6,2),nn.GRUCell(6,2),nn.RNNCell(6,2)):
    h=m(x1[0]); (h[0] if isinstance(h,tuple) else h).pow(2).sum().backward()
    print(type(m).__name__, [round(p.grad.sum().item(),3) for p in m.parameters()])
e=nn.Embedding(5,3,padding_idx=1,scale_grad_by_freq=True); (e(torch.tensor([[0,1],[4,4]]))*torch.arange(3)).sum().backward(); print(e.weight.grad)
for mode in ('sum','mean','max'):
    e=nn.EmbeddingBag(5,2,mode=mode); (e(torch.tensor([0,1,4,4]),torch.tensor([0,3]))*torch.arange(1,3)).sum().backward(); print(e.weight.grad)
m=nn.MultiheadAttention(6,2); o,a=m(x1,x1,x1); o.sum().backward(); print([p.grad.abs().sum().item().__round__(3) for p in m.parameters()])
m=nn.TransformerEncoderLayer(6,2,8,dropout=0.); o=m(x1); o.pow(2).sum().backward(); print([p.grad.abs().sum().item().__round__(2) for p in m.parameters()])
