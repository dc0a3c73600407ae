"""Which of equal elements sorting and selection give."""
import torch
torch.manual_seed(0)
out=[]
for n in [2, 4, 7, 17, 33]:
    for vals in [1, 3]:
        for dt in [torch.float32, torch.int64]:
            x=torch.randint(0,vals,(n,)).to(dt)
            if dt==torch.float32 and vals==3 and n>3: x[n//2]=float('nan')
            for k in sorted({1,2,n//3,n//2,n-1,n}):
                if 1<=k<=n:
                    for largest in [True,False]:
                        out.append(x.topk(k,largest=largest)[1].tolist())
                    out.append(x.topk(k,sorted=False)[1].tolist())
                    out.append(x.kthvalue(k)[1].tolist())
            out.append(x.median(0)[1].tolist())
            if dt==torch.float32: out.append(x.nanmedian(0)[1].tolist())
            out.append(x.mode(0)[1].tolist())
            out.append(x.sort()[1].tolist()); out.append(x.sort(descending=True)[1].tolist()); out.append(x.argsort().tolist())
            if dt==torch.int64: out.append([a.tolist() for a in torch.unique(x,return_inverse=True,return_counts=True,sorted=False)])
            out.append(x.max(0)[1].tolist()); out.append(x.min(0)[1].tolist()); out.append(x.argmax().tolist())
            out.append(x.cummax(0)[1].tolist()); out.append(x.cummin(0)[1].tolist())
y=torch.randint(0,3,(5,6,7))
for d in range(3):
    for op in [lambda: y.topk(3,d), lambda: y.kthvalue(2,d), lambda: y.median(d), lambda: y.mode(d), lambda:y.sort(d,descending=True)]:
        v,i=op(); out.append((v.tolist(),i.tolist()))
big=torch.tensor([2**53+1,2**53,2**53+2,-2**62-1,-2**62])
out.append([t.tolist() for t in [*big.sort(),*big.topk(3),*big.median(0),*big.kthvalue(2)]])
for i,o in enumerate(out): print(i,o)
