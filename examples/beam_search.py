"""Beam search, scripted, around an encoder that was traced: both ways of compiling in one model."""

from typing import Final, List, Tuple

import torch
from torch import Tensor, nn


class Encoder(nn.Module):
    """A sequence as a mean of convolved embeddings; no control flow, so tracing has all of it."""

    def __init__(self, vocabulary: int, size: int) -> None:
        super().__init__()
        self.embed = nn.Embedding(vocabulary, size)
        self.convolve = nn.Conv1d(size, size, kernel_size=3, padding=1)

    def forward(self, tokens: Tensor) -> Tensor:
        x = self.embed(tokens).transpose(1, 2)
        return torch.tanh(self.convolve(x)).mean(-1)


class Decoder(nn.Module):
    """One step: a state and the last tokens to log probabilities and the next state."""

    def __init__(self, vocabulary: int, size: int) -> None:
        super().__init__()
        self.embed = nn.Embedding(vocabulary, size)
        self.cell = nn.GRUCell(size, size)
        self.project = nn.Linear(size, vocabulary)

    def forward(self, tokens: Tensor, state: Tensor) -> Tuple[Tensor, Tensor]:
        state = self.cell(self.embed(tokens), state)
        return torch.log_softmax(self.project(state), -1), state


class BeamSearch(nn.Module):
    """The likeliest sequence found with `width` hypotheses at a time, and its score per token."""

    start: Final[int]
    stop: Final[int]

    def __init__(self, vocabulary: int, size: int, width: int) -> None:
        super().__init__()
        example = torch.randint(3, vocabulary, (1, 7))
        self.encoder = torch.jit.trace(Encoder(vocabulary, size).eval(), example)
        self.decoder = Decoder(vocabulary, size)
        self.width = width
        self.start = 1
        self.stop = 2

    def forward(self, source: Tensor, longest: int) -> Tuple[List[int], float]:
        state = self.encoder(source)
        sequences: List[List[int]] = [[self.start]]
        scores = torch.zeros(1)
        best: List[int] = []
        best_score = float("-inf")
        for _ in range(longest):
            last = torch.tensor([s[-1] for s in sequences])
            log_probs, next_state = self.decoder(last, state)
            total = (scores.unsqueeze(1) + log_probs).flatten()
            values, indices = total.topk(min(2 * self.width, total.numel()))
            kept: List[List[int]] = []
            rows: List[int] = []
            kept_scores: List[float] = []
            for i in range(values.size(0)):
                value, index = float(values[i]), int(indices[i])
                row, token = index // log_probs.size(1), index % log_probs.size(1)
                sequence = sequences[row] + [token]
                if token == self.stop:
                    score = value / len(sequence)
                    if score > best_score:
                        best, best_score = sequence, score
                elif len(kept) < self.width:
                    kept.append(sequence)
                    rows.append(row)
                    kept_scores.append(value)
            sequences, scores = kept, torch.tensor(kept_scores)
            state = next_state[torch.tensor(rows)]
        for i, sequence in enumerate(sequences):
            score = float(scores[i]) / len(sequence)
            if score > best_score:
                best, best_score = sequence, score
        return best, best_score


torch.manual_seed(0)
model = BeamSearch(vocabulary=30, size=32, width=4).eval()
# Untrained weights of the usual size find every token equally likely; larger ones decide.
with torch.no_grad():
    for parameter in model.parameters():
        parameter.mul_(3.0)

if __name__ == "__main__":
    torch.manual_seed(1)
    source = torch.randint(3, 30, (1, 9))
    with torch.no_grad():
        print(torch.jit.script(model)(source, 12))
