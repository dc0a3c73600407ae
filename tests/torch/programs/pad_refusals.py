"""Sizes that padding takes and refuses."""
import torch, torch.nn.functional as F
for d in range(1,7):
    for n in (2,4,6,8):
        for m in ('reflect','circular'):
            try: F.pad(torch.ones([3]*d),[1]*n,mode=m); print(d,n,m,"ok")
            except Exception as e: print(d,n,m,type(e).__name__,str(e).split('\n')[0][:120])
