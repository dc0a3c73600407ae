import torch
import torch.nn as nn
from typing import Dict, List, Optional, Tuple


class Attention(nn.Module):
    __constants__ = ["heads"]
    heads: int

    def __init__(self, dim: int, heads: int = 8, *, dropout: float = 0.1) -> None:
        super().__init__()
        self.heads, self.scale = heads, (dim // heads) ** -0.5
        self.qkv = nn.Linear(dim, dim * 3, bias=False)
        self.layers = nn.ModuleList([nn.Linear(dim, dim) for _ in range(2)])

    def forward(self, x: torch.Tensor, mask: Optional[torch.Tensor] = None) -> Tuple[torch.Tensor, Dict[str, int]]:
        b, n, _ = x.shape
        q, k, v = self.qkv(x).reshape(b, n, 3, self.heads, -1).permute(2, 0, 3, 1, 4)[:]
        scores = q @ k.transpose(-2, -1) * self.scale
        if mask is not None:
            scores = scores.masked_fill(mask[:, None, ...] == 0, float("-inf"))
        out = (scores.softmax(dim=-1) @ v).transpose(1, 2).reshape(b, n, -1)
        steps: List[int] = []
        for i, layer in enumerate(self.layers):
            out = out + layer(out); steps.append(i)
        while len(steps) > 1 and steps[-1] != 0:
            steps = steps[:-1]
        assert out.dim() == 3, f"want 3 dimensions, got {out.dim()} ({out.shape=})"
        return out, {"steps": len(steps)}


@torch.jit.script
def loop(x: torch.Tensor, n: int):
    # type: (Tensor, int) -> Tensor
    for i in range(n):
        x = x * 2 if i % 2 == 0 else -x
    return x
