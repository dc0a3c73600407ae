"""A transformer encoder that classifies sequences of different lengths: attention with a padding mask."""

import math

import torch
import torch.nn.functional as F
from torch import Tensor, nn


class Attention(nn.Module):
    """Several heads of scaled dot products; padded positions get no weight."""

    def __init__(self, size: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.queries = nn.Linear(size, size)
        self.keys = nn.Linear(size, size)
        self.values = nn.Linear(size, size)
        self.out = nn.Linear(size, size)

    def split(self, x: Tensor) -> Tensor:
        batch, length, size = x.shape
        return x.view(batch, length, self.heads, size // self.heads).transpose(1, 2)

    def forward(self, x: Tensor, padding: Tensor) -> Tensor:
        q, k, v = self.split(self.queries(x)), self.split(self.keys(x)), self.split(self.values(x))
        scores = q @ k.transpose(-2, -1) / math.sqrt(q.size(-1))
        scores = scores.masked_fill(padding[:, None, None, :], float("-inf"))
        mixed = torch.softmax(scores, dim=-1) @ v
        return self.out(mixed.transpose(1, 2).flatten(2))


class Layer(nn.Module):
    """Attention and a feed-forward part, each normalised first and added to what came in."""

    def __init__(self, size: int, heads: int, inner: int) -> None:
        super().__init__()
        self.attention = Attention(size, heads)
        self.first = nn.LayerNorm(size)
        self.second = nn.LayerNorm(size)
        self.feed_forward = nn.Sequential(nn.Linear(size, inner), nn.GELU(), nn.Linear(inner, size))

    def forward(self, x: Tensor, padding: Tensor) -> Tensor:
        x = x + self.attention(self.first(x), padding)
        return x + self.feed_forward(self.second(x))


class Encoder(nn.Module):
    """Token and position embeddings, then the layers."""

    def __init__(self, vocabulary: int, longest: int, size: int, heads: int, layers: int) -> None:
        super().__init__()
        self.tokens = nn.Embedding(vocabulary, size)
        self.positions = nn.Embedding(longest, size)
        self.layers = nn.ModuleList([Layer(size, heads, 4 * size) for _ in range(layers)])
        self.norm = nn.LayerNorm(size)

    def forward(self, tokens: Tensor, padding: Tensor) -> Tensor:
        x = self.tokens(tokens) + self.positions(torch.arange(tokens.size(1)))
        for layer in self.layers:
            x = layer(x, padding)
        return self.norm(x)


class Classifier(nn.Module):
    """The mean over real positions decides. Token 0 pads."""

    def __init__(self, vocabulary: int, longest: int, size: int, classes: int) -> None:
        super().__init__()
        self.encoder = Encoder(vocabulary, longest, size, heads=4, layers=3)
        self.project = nn.Linear(size, classes)

    def forward(self, tokens: Tensor) -> Tensor:
        padding = tokens == 0
        x = self.encoder(tokens, padding)
        real = (~padding).unsqueeze(-1).to(x.dtype)
        mean = (x * real).sum(1) / real.sum(1).clamp(min=1.0)
        return F.log_softmax(self.project(mean), dim=-1)


torch.manual_seed(0)
model = Classifier(vocabulary=100, longest=64, size=64, classes=5).eval()

if __name__ == "__main__":
    torch.manual_seed(1)
    tokens = torch.randint(1, 100, (2, 12))
    tokens[1, 7:] = 0
    with torch.no_grad():
        print(torch.jit.script(model)(tokens))
