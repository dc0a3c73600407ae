import torch
import torch.nn.functional as F
from typing import List, Optional, Dict, Tuple, Any
from torch import Tensor


def methods(x: Tensor):
    return x.sum(), x.mean(dim=1), x.view(-1, 2), x.reshape([2, 3]), x.size(), x.size(0), x.t(), x.relu()


def functions(x: Tensor, y: Tensor):
    return torch.add(x, y), torch.add(x, y, alpha=2), torch.mm(x, y), x @ y, torch.relu(x), torch.max(x, dim=0)


def creation(n: int):
    return (torch.zeros(2, 3), torch.ones([n, 2]), torch.rand(n), torch.arange(n), torch.tensor([1, 2]),
            torch.full((2, 2), 1.5), torch.empty(2, dtype=torch.float64), torch.eye(3), torch.tensor(3.5))


def creation_kwargs(x: Tensor):
    return torch.zeros_like(x), torch.zeros(2, dtype=x.dtype, device=x.device), x.new_zeros(3), torch.ones(2, device="cpu")


def index_all(x: Tensor, i: int, idx: Tensor):
    return (x[0], x[i, 1], x[1:3], x[:, 0], x[..., 1], x[None], x[idx], x[:, idx], x[0, :, None], x[-1],
            x[::2], x[[0, 1]], x[idx > 0])


def index_assign(x: Tensor, i: int, idx: Tensor):
    x[0] = 1
    x[i, 1] = 2.5
    x[:, 0] = x[:, 1]
    x[idx] = 0
    x[1:3] += 1
    x[idx] *= 2
    return x


def scalars(x: Tensor, n: int, f: float):
    return x + 1, 1 + x, x * 2.5, 2 - x, x / n, f / x, x ** 2, 2 ** x, x // 2, x % 3, x > n, n < x, x == 1


def properties(x: Tensor):
    return x.shape, x.dtype, x.device, x.ndim, x.T, x.is_cuda, x.requires_grad, x.shape[0], x.device.type


def casts(x: Tensor):
    return x.float(), x.int(), x.long(), x.to(torch.float16), x.type_as(x), x.double(), x.bool()


def item(x: Tensor):
    a = x.item()
    b: int = int(x.item())
    c = float(x.max())
    return a, b, c


def tolist(x: Tensor):
    a: List[int] = x.tolist()
    b: List[List[float]] = x.tolist()
    return a, b


def implicit(x: Tensor, y: Tensor):
    return torch.zeros(int(x)), torch.full([2], float(y)), x.view(int(y))


def bitwise(x: Tensor, y: Tensor):
    return x & y, x | y, x ^ y, ~x


def where_it(x: Tensor):
    return torch.where(x > 0, x, -x), torch.clamp(x, min=0), x.clamp(0, 1), x.masked_fill(x > 1, 0.5)


def multi_return(x: Tensor):
    values, indices = torch.max(x, 1)
    v, i = x.topk(3)
    a, b = x.chunk(2)
    c, d = torch.split(x, 2)
    r = x.sort()
    return values, indices, v, i, a, b, c, d, r.values, r[1]


def inplace(x: Tensor):
    x.add_(1)
    x.mul_(2).relu_()
    y = x.clone()
    y.zero_()
    return x, y


def size_args(x: Tensor, n: int):
    b, c = x.shape
    h = x.size(1)
    return x.view(b, c, -1), x.view(x.size(0), h), x.permute(1, 0), x.expand(n, -1), x.repeat(2, 2)


def pooled(x: Tensor, w: Tensor):
    return torch.conv2d(x, w, stride=2, padding=1), torch.max_pool2d(x, 2), torch.max_pool2d(x, (2, 2))


def softmaxes(x: Tensor):
    return torch.softmax(x, dim=-1), x.softmax(0), x.argmax(dim=1), x.norm(), torch.einsum("ij,jk->ik", [x, x])


def no_grad_like(x: Tensor):
    y = x.detach()
    return y, len(x), x.numel(), x.is_contiguous(), x.contiguous()


def dtype_arg(x: Tensor, d: torch.dtype, dev: torch.device) -> Tensor:
    return x.to(d).to(dev)


def optional_tensor(x: Optional[Tensor], y: Tensor) -> Tensor:
    if x is None:
        x = y
    return x + y
