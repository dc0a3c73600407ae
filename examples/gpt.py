"""A small GPT that samples tokens one by one, keeping keys and values of earlier positions in a cache."""

import math
from typing import List, Tuple

import torch
from torch import Tensor, nn

Cache = List[Tuple[Tensor, Tensor]]


class CausalAttention(nn.Module):
    """Attention over the cached positions and the new ones; new ones see only what is before them."""

    def __init__(self, size: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(size, 3 * size)
        self.out = nn.Linear(size, size)

    def forward(self, x: Tensor, cached: Tuple[Tensor, Tensor]) -> Tuple[Tensor, Tuple[Tensor, Tensor]]:
        batch, length, size = x.shape
        parts = self.qkv(x).view(batch, length, 3, self.heads, size // self.heads).permute(2, 0, 3, 1, 4)
        q, k, v = parts[0], parts[1], parts[2]
        k, v = torch.cat((cached[0], k), 2), torch.cat((cached[1], v), 2)
        scores = q @ k.transpose(-2, -1) / math.sqrt(q.size(-1))
        if length > 1:
            earlier = k.size(2) - length
            hidden = torch.ones(length, k.size(2), dtype=torch.bool).triu(earlier + 1)
            scores = scores.masked_fill(hidden, float("-inf"))
        mixed = (scores.softmax(-1) @ v).transpose(1, 2).reshape(batch, length, size)
        return self.out(mixed), (k, v)


class Block(nn.Module):
    def __init__(self, size: int, heads: int) -> None:
        super().__init__()
        self.attention = CausalAttention(size, heads)
        self.first = nn.LayerNorm(size)
        self.second = nn.LayerNorm(size)
        self.feed_forward = nn.Sequential(nn.Linear(size, 4 * size), nn.GELU(), nn.Linear(4 * size, size))

    def forward(self, x: Tensor, cached: Tuple[Tensor, Tensor]) -> Tuple[Tensor, Tuple[Tensor, Tensor]]:
        attended, cached = self.attention(self.first(x), cached)
        x = x + attended
        return x + self.feed_forward(self.second(x)), cached


class GPT(nn.Module):
    """`forward` continues a prompt by `count` sampled tokens."""

    def __init__(self, vocabulary: int, longest: int, size: int, heads: int, layers: int) -> None:
        super().__init__()
        self.heads = heads
        self.size = size
        self.longest = longest
        self.tokens = nn.Embedding(vocabulary, size)
        self.positions = nn.Embedding(longest, size)
        self.blocks = nn.ModuleList([Block(size, heads) for _ in range(layers)])
        self.norm = nn.LayerNorm(size)
        self.head = nn.Linear(size, vocabulary, bias=False)

    def empty(self) -> Cache:
        nothing = torch.zeros(1, self.heads, 0, self.size // self.heads)
        cache: Cache = []
        for _ in range(len(self.blocks)):
            cache.append((nothing, nothing))
        return cache

    def step(self, tokens: Tensor, cache: Cache) -> Tensor:
        """Logits after the last of `tokens` (1 by n); the cache grows by n."""
        start = cache[0][0].size(2)
        x = self.tokens(tokens) + self.positions(torch.arange(start, start + tokens.size(1)))
        for i, block in enumerate(self.blocks):
            x, cache[i] = block(x, cache[i])
        return self.head(self.norm(x[:, -1]))

    def forward(self, prompt: Tensor, count: int, temperature: float = 1.0, top: int = 10) -> List[int]:
        cache = self.empty()
        logits = self.step(prompt.unsqueeze(0), cache)
        out: List[int] = []
        while len(out) < count and prompt.size(0) + len(out) < self.longest:
            values, indices = torch.topk(logits[0] / temperature, top)
            drawn = torch.multinomial(values.softmax(0), 1)
            token = int(indices[int(drawn)])
            out.append(token)
            logits = self.step(torch.tensor([[token]]), cache)
        return out


torch.manual_seed(0)
model = GPT(vocabulary=96, longest=64, size=64, heads=4, layers=3).eval()

if __name__ == "__main__":
    torch.manual_seed(1)
    with torch.no_grad():
        print(torch.jit.script(model)(torch.tensor([5, 17, 42]), 20))
