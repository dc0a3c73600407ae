"""Records what PyTorch gives for the examples: python3 tests/examples/record.py (from the repository's root)."""

import json
import sys

import torch

sys.path.insert(0, "examples")
torch.set_num_threads(1)
torch.set_grad_enabled(False)

import char_lstm  # noqa: E402
import control_flow  # noqa: E402
import resnet18  # noqa: E402

torch.manual_seed(1)
logits = resnet18.model(torch.rand(1, 3, 224, 224))
prompt = torch.tensor([char_lstm.VOCABULARY.index(c) for c in "once upon"])
golden = {
    "control_flow": control_flow.control_flow(torch.tensor([1.0, 2.0, 3.0]), 5).tolist(),
    "resnet18": logits[0].tolist(),
    "char_lstm": torch.jit.script(char_lstm.model)(prompt, 24),
    "prompt": prompt.tolist(),
}
with open("tests/examples/golden.json", "w") as f:
    json.dump(golden, f)
