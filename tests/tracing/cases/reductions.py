"""Forms of std and var."""
import torch,warnings
warnings.simplefilter("ignore")
def T(f):
    try: print("\n".join(l for l in str(torch.jit.trace(f,(torch.ones(2,3),),check_trace=False).graph).split("\n") if "aten" in l or "Constant" in l))
    except Exception as e: print("ERR",str(e)[:100])
for f in [lambda x:x.std(0),lambda x:x.std(0,True),lambda x:x.std(unbiased=False),lambda x:x.var(dim=1,keepdim=True),lambda x:torch.var_mean(x)[0],lambda x:torch.var_mean(x,1)[0],lambda x:x.std(correction=0),lambda x:x.std(False),lambda x:x.var(1,unbiased=False)]: print("--"); T(f)
