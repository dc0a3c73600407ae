"""Complex tensors printed in scripts show their real parts."""
import torch
@torch.jit.script
def g(x: torch.Tensor):
    print(x)
for v in [torch.tensor(1j), torch.tensor(2.5+1j), torch.tensor([1+2j,3.25]), torch.tensor([[1e5+1j,2-3e-5j]]), torch.tensor([],dtype=torch.complex64), torch.tensor([[[1+1j]],[[2j]]]), torch.tensor([1+2j]).to(torch.complex128), torch.tensor([1+2j]).conj(), torch.tensor(0j), torch.tensor(3-2.5j)]:
    g(v)
