"""Records what PyTorch's operators give, for families_test.ts: `python3 record.py tensors.py` writes JSON beside it.

A case file calls `case("key", *args)`: positional arguments in the schema's order, keyword-only ones after them.
Recorded are the result with its strides and the argument whose storage it shares, what became of written arguments,
or the error with its class. `part("name")` sends the cases after it to another JSON file.
"""
import json, math, pathlib, runpy, sys, types, unittest
import torch

if __name__ == "__main__":
    # torch.testing's own sample inputs import it for tests that are not run here.
    stand_in = types.ModuleType("expecttest")
    stand_in.TestCase = unittest.TestCase
    sys.modules.setdefault("expecttest", stand_in)

DT = {str(getattr(torch, n)): i for i, n in enumerate(
    "uint8 int8 int16 int32 int64 float16 float32 float64 complex32 complex64 complex128 bool".split())}
DT["torch.bfloat16"] = 15
FORMATS = {torch.contiguous_format: 0, torch.preserve_format: 1, torch.channels_last: 2, torch.channels_last_3d: 3}


def number(x):
    if isinstance(x, float):
        if not math.isfinite(x):
            return "nan" if x != x else ("inf" if x > 0 else "-inf")
        if x == 0 and math.copysign(1, x) < 0:
            return "-0"
        return x
    return x


def flat_values(v):
    v = v.detach().resolve_conj().resolve_neg()
    flat = v.reshape(-1)
    wide = v.dtype in (torch.float64, torch.complex128)
    if v.is_complex():
        flat = torch.view_as_real(flat.to(torch.complex128)).reshape(-1)
    elif v.is_floating_point():
        flat = flat.to(torch.float64)
    digits = "%.15g" if wide else "%.9g"
    short = lambda x: x if not isinstance(x, float) or not math.isfinite(x) or x == 0 else float(digits % x)
    values = [number(short(x)) for x in flat.tolist()]
    # Whole floats without their ".0".
    return [int(x) if isinstance(x, float) and x == int(x) and abs(x) < 1e15 else x for x in values]


def encode(v):
    if isinstance(v, torch.Tensor):
        out = {"t": DT[str(v.dtype)], "s": list(v.shape), "v": flat_values(v)}
        if v.device.type != "cpu":
            raise TypeError(v.device)
        if not v.is_contiguous():
            out["st"] = list(v.stride())
        return out
    if isinstance(v, bool) or v is None or isinstance(v, str):
        return v
    if isinstance(v, int):
        return v if abs(v) < 2**53 else {"i": str(v)}
    if isinstance(v, float):
        return {"f": number(v)}
    if isinstance(v, complex):
        return {"c": [number(v.real), number(v.imag)]}
    if isinstance(v, tuple) and type(v) is tuple:
        return {"u": [encode(x) for x in v]}
    if isinstance(v, (list, tuple)):
        return {"l": [encode(x) for x in v]}
    if isinstance(v, dict):
        return {"d": [[encode(k), encode(x)] for k, x in v.items()]}
    if isinstance(v, torch.dtype):
        return DT[str(v)]
    if isinstance(v, torch.memory_format):
        return FORMATS[v]
    if v is torch.strided:
        return 0
    if isinstance(v, torch.device):
        return {"dev": str(v)}
    raise TypeError(type(v))


def tensors_in(args):
    for i, a in enumerate(args):
        if isinstance(a, torch.Tensor):
            yield i, a


def shared_with(out, args):
    """The first argument whose storage `out` shares."""
    if isinstance(out, torch.Tensor) and out.numel() > 0:
        for i, a in tensors_in(args):
            if a.numel() > 0 and a.untyped_storage().data_ptr() == out.untyped_storage().data_ptr():
                return i
    return None


def same(a, b):
    return a.shape == b.shape and a.dtype == b.dtype and json.dumps(encode(a)) == json.dumps(encode(b))


def overload(key):
    name, _, over = key.partition(".")
    space = torch.ops.aten
    if name.startswith("prim::"):
        space, name = torch.ops.prim, name[6:]
    return getattr(getattr(space, name), over or "default")


def entry_for(key, args):
    """One recorded call; the arguments are left as they were."""
    fn = overload(key)
    torch.manual_seed(7)
    entry = {"key": key if "::" in key else f"aten::{key}", "args": [encode(a) for a in args]}
    # Keyword-only arguments follow the others, in the schema's order.
    kwonly = [a.name for a in fn._schema.arguments if a.kwarg_only]
    n = len(fn._schema.arguments) - len(kwonly)
    before = {i: a.clone() for i, a in tensors_in(args)}
    try:
        out = fn(*args[:n], **dict(zip(kwonly, args[n:])))
        entry["out"] = encode(out)
        alias = shared_with(out, args)
        if alias is not None:
            entry["alias"] = alias
        after = {str(i): encode(a) for i, a in tensors_in(args) if not same(a, before[i])}
        if after:
            entry["after"] = after
    except Exception as e:
        entry["error"] = str(e).split("\n")[0]
        entry["class"] = type(e).__name__
    return entry


def record(path):
    parts = {"": []}
    current = [""]

    def part(name):
        current[0] = name
        parts.setdefault(name, [])

    def case(key, *args, **kw):
        try:
            entry = entry_for(key, args)
        except AttributeError as e:
            print(f"{path}: {key}: {e}")
            return
        entry.update(kw)
        parts[current[0]].append(entry)

    torch.manual_seed(0)
    names = {"case": case, "part": part, "torch": torch, "entry_for": entry_for, "parts": parts, "encode": encode,
             "shared_with": shared_with}
    runpy.run_path(path, init_globals=names)
    for name, out in parts.items():
        if not out:
            continue
        stem = pathlib.Path(path).with_suffix("")
        target = stem.with_name(stem.name + ("_" + name if name else "") + ".json")
        target.write_text("[\n" + ",\n".join(json.dumps(e, separators=(",", ":")) for e in out) + "\n]\n")
        print(target.name, len(out))


if __name__ == "__main__":
    torch.set_num_threads(1)
    for p in sys.argv[1:]:
        record(p)
