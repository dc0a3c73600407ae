"""
Saves the examples with PyTorch and says what the first three give: write_in_pytorch.py EXAMPLES FOLDER. The others need
operators of PyTorch 2.
"""

import json
import sys

sys.path.insert(0, sys.argv[1])
folder = sys.argv[2]

import torch  # noqa: E402

torch.set_num_threads(1)
torch.set_grad_enabled(False)

import char_lstm  # noqa: E402
import control_flow  # noqa: E402
import resnet18  # noqa: E402


class Wrapped(torch.nn.Module):
    """The function as a module: only modules have a mobile form."""

    def forward(self, x: torch.Tensor, n: int) -> torch.Tensor:
        return control_flow.control_flow(x, n)


def save(name, module):
    scripted = torch.jit.script(module)
    scripted.save(f"{folder}/{name}.pt")
    scripted._save_for_lite_interpreter(f"{folder}/{name}.ptl")
    return scripted


if int(torch.__version__.split(".")[0]) >= 2:
    import beam_search
    import gpt
    import transformer

    for name, module in (("transformer", transformer), ("gpt", gpt), ("beam_search", beam_search)):
        save(name, module.model)
prompt = [char_lstm.VOCABULARY.index(c) for c in "once upon"]
torch.manual_seed(1)
image = torch.rand(1, 3, 224, 224)
results = {
    "control_flow": save("control_flow", Wrapped())(torch.tensor([1.0, 2.0, 3.0]), 5).tolist(),
    "resnet18": save("resnet18", resnet18.model)(image)[0].tolist(),
    "char_lstm": save("char_lstm", char_lstm.model)(torch.tensor(prompt), 24),
    "prompt": prompt,
}
with open(f"{folder}/results.json", "w") as f:
    json.dump(results, f)
