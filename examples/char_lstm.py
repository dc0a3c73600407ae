"""A character model that writes until it says stop: a while loop whose end depends on the data."""

from typing import List, Tuple

import torch
from torch import Tensor, nn

VOCABULARY = " abcdefghijklmnopqrstuvwxyz.,'-"


class CharLSTM(nn.Module):
    """Embedding, one LSTM cell and a projection; `forward` decodes greedily."""

    def __init__(self, size: int, hidden: int) -> None:
        super().__init__()
        self.embed = nn.Embedding(size, hidden)
        self.cell = nn.LSTMCell(hidden, hidden)
        self.project = nn.Linear(hidden, size)
        self.hidden = hidden
        self.stop = size - 1

    def step(self, token: Tensor, state: Tuple[Tensor, Tensor]) -> Tuple[Tensor, Tuple[Tensor, Tensor]]:
        h, c = self.cell(self.embed(token), state)
        return self.project(h), (h, c)

    def forward(self, prompt: Tensor, limit: int) -> List[int]:
        state = (torch.zeros(1, self.hidden), torch.zeros(1, self.hidden))
        logits = torch.zeros(1, self.stop + 1)
        for i in range(prompt.size(0)):
            logits, state = self.step(prompt[i : i + 1], state)
        out: List[int] = []
        token = int(logits.argmax())
        while token != self.stop and len(out) < limit:
            out.append(token)
            logits, state = self.step(torch.tensor([token]), state)
            token = int(logits.argmax())
        return out


torch.manual_seed(0)
model = CharLSTM(len(VOCABULARY), 128).eval()
# Untrained weights of the usual size repeat one letter; larger ones wander.
with torch.no_grad():
    for parameter in model.parameters():
        parameter.mul_(4.0)

if __name__ == "__main__":
    prompt = torch.tensor([VOCABULARY.index(c) for c in "once upon"])
    with torch.no_grad():
        tokens = torch.jit.script(model)(prompt, 24)
    print(tokens)
    print("".join(VOCABULARY[t] for t in tokens))
