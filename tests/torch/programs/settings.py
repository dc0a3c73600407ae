"""Constants and settings of torch, old methods of Tensor, and what finds one element among none."""
import torch
print(torch.inf, torch.nan, torch.pi, torch.e, torch.newaxis)
x=torch.arange(6.).reshape(2,3)
print(x[:,torch.newaxis].shape)
for f in [lambda: x.where(x>2,0.), lambda: x.where(x>2, torch.tensor(-1.)), lambda: x.polygamma(1), lambda: x.apply_(lambda v: v+1), lambda: x.map_(x.clone(), lambda a,b: a*b), lambda: x.new([1,2]), lambda: x.new(2,3).shape, lambda: x.dim_order(), lambda: x.is_shared(), lambda: torch.get_num_interop_threads()>0, lambda: torch.get_float32_matmul_precision(), lambda: torch.set_float32_matmul_precision('high'), lambda: torch.is_autocast_enabled(), lambda: torch.is_autocast_cpu_enabled(), lambda: torch.get_autocast_cpu_dtype(), lambda: torch.get_autocast_dtype('cpu'), lambda: torch.is_anomaly_enabled(), lambda: torch.is_warn_always_enabled(), lambda: torch.set_default_tensor_type(torch.FloatTensor), lambda: torch.sym_int(3.5), lambda: torch.set_flush_denormal(False), lambda: x.type(torch.uint8).dtype, lambda: torch.empty(0).argmax(), lambda: torch.empty(0).argmin(), lambda: torch.empty(0).max(),lambda: torch.empty(0).median(),lambda: torch.empty(0).aminmax(),lambda: torch.empty(0).argmax(0),lambda: torch.empty(0,2).argmax(0), lambda: torch.empty(0,2).max(0), lambda: torch.empty(0,2).sort(0), lambda: torch.empty(2,0).topk(1), lambda: torch.empty(0).kthvalue(1), lambda: torch.empty(0,2).mode(0),lambda: torch.empty(0).mode(),lambda: torch.empty(0).amax(), lambda: torch.empty(0,3).median(0)]:
    try: print(f())
    except Exception as e: print(type(e).__name__,str(e).split('\n')[0][:150])
with torch.autocast('cpu', enabled=False): print(1)
