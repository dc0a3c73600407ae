"""Loads archives that Wick wrote and runs them: load_in_pytorch.py FOLDER GOLDEN. Prints one line a model."""

import json
import sys

import torch

folder, golden = sys.argv[1], json.load(open(sys.argv[2]))
torch.set_num_threads(1)
torch.set_grad_enabled(False)


def close(name, a, b):
    a, b = torch.as_tensor(a), torch.as_tensor(b)
    bound = 1e-5 * b.abs().max() + 1e-4 * b.abs()
    print(name, "agrees" if bool(((a - b).abs() <= bound).all()) else "differs")


m = torch.jit.load(f"{folder}/control_flow.pt")
close("control_flow", m(torch.tensor([1.0, 2.0, 3.0]), 5), golden["control_flow"])
torch.manual_seed(1)
close("resnet18", torch.jit.load(f"{folder}/resnet18.pt")(torch.rand(1, 3, 224, 224))[0], golden["resnet18"])
tokens = torch.jit.load(f"{folder}/char_lstm.pt")(torch.tensor(golden["prompt"]), 24)
print("char_lstm", "agrees" if tokens == golden["char_lstm"] else "differs")
