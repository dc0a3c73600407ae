"""Loads archives that Wick wrote and runs them: load_in_pytorch.py FOLDER RESULTS pt|ptl. Prints one line a model."""

import json
import sys

import torch
from torch.jit.mobile import _load_for_lite_interpreter

folder, results, form = sys.argv[1], json.load(open(sys.argv[2])), sys.argv[3]
torch.set_num_threads(1)
torch.set_grad_enabled(False)
load = torch.jit.load if form == "pt" else _load_for_lite_interpreter


def close(name, a, b):
    a, b = torch.as_tensor(a), torch.as_tensor(b)
    bound = 1e-5 * b.abs().max() + 1e-4 * b.abs()
    print(name, "agrees" if bool(((a - b).abs() <= bound).all()) else "differs")


m = load(f"{folder}/control_flow.{form}")
close("control_flow", m(torch.tensor([1.0, 2.0, 3.0]), 5), results["control_flow"])
torch.manual_seed(1)
close("resnet18", load(f"{folder}/resnet18.{form}")(torch.rand(1, 3, 224, 224))[0], results["resnet18"])
tokens = load(f"{folder}/char_lstm.{form}")(torch.tensor(results["prompt"]), 24)
print("char_lstm", "agrees" if tokens == results["char_lstm"] else "differs")
if int(torch.__version__.split(".")[0]) >= 2:
    logits = load(f"{folder}/transformer.{form}")(torch.tensor(results["tokens"]))
    close("transformer", logits.flatten(), results["transformer"])
    torch.manual_seed(7)
    tokens = load(f"{folder}/gpt.{form}")(torch.tensor([5, 17, 42]), 20)
    print("gpt", "agrees" if tokens == results["gpt"] else "differs")
    tokens, score = load(f"{folder}/beam_search.{form}")(torch.tensor(results["source"]), 12)
    print("beam_search", "agrees" if tokens == results["beam_search"] and abs(score - results["beam_score"]) < 1e-4 else "differs")
