"""Records what PyTorch gives for the examples: python3 tests/examples/record.py (from the repository's root)."""

import json
import sys

import torch

sys.path.insert(0, "examples")
torch.set_num_threads(1)
torch.set_grad_enabled(False)

import beam_search  # noqa: E402
import char_lstm  # noqa: E402
import control_flow  # noqa: E402
import gpt  # noqa: E402
import resnet18  # noqa: E402
import transformer  # noqa: E402

torch.manual_seed(1)
logits = resnet18.model(torch.rand(1, 3, 224, 224))
prompt = torch.tensor([char_lstm.VOCABULARY.index(c) for c in "once upon"])
torch.manual_seed(2)
tokens = torch.randint(1, 100, (2, 12))
tokens[1, 7:] = 0
source = torch.randint(3, 30, (1, 9))
torch.manual_seed(7)
sampled = torch.jit.script(gpt.model)(torch.tensor([5, 17, 42]), 20)
found, score = torch.jit.script(beam_search.model)(source, 12)
golden = {
    "control_flow": control_flow.control_flow(torch.tensor([1.0, 2.0, 3.0]), 5).tolist(),
    "resnet18": logits[0].tolist(),
    "char_lstm": torch.jit.script(char_lstm.model)(prompt, 24),
    "prompt": prompt.tolist(),
    "tokens": tokens.tolist(),
    "transformer": torch.jit.script(transformer.model)(tokens).flatten().tolist(),
    "gpt": sampled,
    "source": source.tolist(),
    "beam_search": found,
    "beam_score": score,
}
with open("tests/examples/golden.json", "w") as f:
    json.dump(golden, f)
