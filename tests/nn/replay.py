"""Runs the cases on the torch.nn of whatever Python runs this and prints one line a case: kind, name, JSON.

The lines are compared with the goldens by replay_check.ts.
"""

import sys
import warnings

import torch
import torch.nn as nn
import torch.nn.functional as F

from error_cases import ERRORS
from function_cases import FUNCTIONS
from module_cases import MODULES


def x(*sizes):
    return torch.randn(*sizes)


def quoted(text):
    out = ['"']
    for c in text:
        if c in '"\\':
            out.append("\\" + c)
        elif ord(c) < 32:
            out.append("\\u%04x" % ord(c))
        else:
            out.append(c)
    out.append('"')
    return "".join(out)


def shown(value):
    """A value as JSON; tensors by shape, dtype and numbers, floats of tensors as text."""
    if isinstance(value, torch.Tensor):
        numbers = value.detach().reshape(-1).to(torch.float64).tolist()
        return shown({"shape": list(value.shape), "dtype": str(value.dtype), "values": [repr(v) for v in numbers]})
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return repr(value)
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, (tuple, list)):
        return "[" + ", ".join([shown(v) for v in value]) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join([quoted(str(k)) + ": " + shown(v) for k, v in value.items()]) + "}"
    return quoted(repr(value))


def run(thunk):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            result = shown(thunk())
        except Exception as e:
            result = quoted(f"{type(e).__name__}: {e}")
    if caught:
        messages = [f"{w.category.__name__}: {w.message}" for w in caught]
        return "[" + result + ", " + shown(messages) + "]"
    return result


def replay_module(ctor, inputs):
    scope = {"nn": nn, "torch": torch, "x": x}
    torch.manual_seed(0)
    with warnings.catch_warnings(record=True):
        warnings.simplefilter("always")
        m = eval(ctor, scope)
    parts = {
        "repr": shown(repr(m)),
        "state_dict": shown(m.state_dict()),
        "metadata": shown(str(dict(m.state_dict()._metadata))),
        "parameters": shown([n for n, _ in m.named_parameters()]),
        "class": shown(f"{type(m).__module__}.{type(m).__qualname__}"),
    }
    if inputs is not None:
        torch.manual_seed(1)
        args = [eval(i, scope) for i in inputs]
        torch.manual_seed(2)
        parts["output"] = run(lambda: m(*args))
    return "{" + ", ".join([quoted(k) + ": " + v for k, v in parts.items()]) + "}"


def replay_call(statements):
    scope = {"nn": nn, "torch": torch, "x": x, "F": F}
    torch.manual_seed(3)

    def thunk():
        *before, last = statements if isinstance(statements, list) else [statements]
        for line in before:
            exec(line, scope)
        return eval(last, scope)

    return run(thunk)


def main():
    wanted = sys.argv[1:]
    for kind, cases in (("modules", MODULES), ("functions", FUNCTIONS), ("errors", ERRORS)):
        for name, *case in cases:
            if wanted and not any(w in name for w in wanted):
                continue
            try:
                line = replay_module(*case) if kind == "modules" else replay_call(*case)
            except Exception as e:
                line = quoted(f"failed: {type(e).__name__}: {e}")
            print(kind, name, line, flush=True)


main()
