"""Writes and reads files of torch.save: torch_save.py write|read FOLDER. Prints what is in them."""

import collections
import sys

import torch
from torch import nn

mode, folder = sys.argv[1:]


def objects():
    base = torch.arange(12.0).view(3, 4)
    net = nn.Sequential(nn.Linear(2, 3), nn.BatchNorm1d(3))
    with torch.no_grad():
        for i, p in enumerate(net.parameters()):
            p.copy_(torch.arange(float(p.numel())).view_as(p) + i)
    out = {
        "base": base, "view": base[1:, ::2], "t": base.t(), "sd": net.state_dict(), "param": nn.Parameter(torch.ones(2)),
        "list": [1, 2.5, "x", None, True, (1, 2)], "set": {1, 2}, "od": collections.OrderedDict(a=1), "big": 10**20,
        "complex": 1 + 2j, "bytes": b"abc", "dtype": torch.float16, "size": torch.Size([2, 3]),
        "device": torch.device("cpu"), "empty": torch.zeros(0, 3),
    }
    for name in "float64 float16 bfloat16 int8 uint8 bool int16 int32 int64 complex64 complex128".split():
        out[name] = torch.tensor([[0, 1], [2, 3]]).to(getattr(torch, name))
    return out


def show(o):
    if isinstance(o, torch.Tensor):
        return (type(o).__name__, str(o.dtype), o.tolist(), list(o.shape), list(o.stride()), o.requires_grad)
    if isinstance(o, dict):
        return {k: show(v) for k, v in o.items()}
    if isinstance(o, (list, tuple)):
        return [show(x) for x in o]
    return repr(o)


if mode == "write":
    torch.save(objects(), folder + "/new.pt")
    torch.save(objects(), folder + "/old.pt", _use_new_zipfile_serialization=False)
    print(show(objects()))
else:
    new, old = torch.load(folder + "/new.pt"), torch.load(folder + "/old.pt")
    print(show(new))
    print(show(new) == show(old))
    new["base"][1, 0] = 100
    print(new["view"].tolist(), new["t"].tolist())
