"""Records what PyTorch's operators give, for families_test.ts: `python3 record.py cases_*.py` writes JSON beside each."""
import json, math, pathlib, runpy, sys
import torch

DT = {str(getattr(torch, n)): i for i, n in enumerate(
    "uint8 int8 int16 int32 int64 float16 float32 float64 complex32 complex64 complex128 bool".split())}
DT["torch.bfloat16"] = 15


def number(x):
    if isinstance(x, float) and not math.isfinite(x):
        return "nan" if x != x else ("inf" if x > 0 else "-inf")
    return x


def encode(v):
    if isinstance(v, torch.Tensor):
        v = v.detach()
        flat = v.resolve_conj().resolve_neg().reshape(-1)
        if v.is_complex():
            flat = torch.view_as_real(flat.to(torch.complex128)).reshape(-1)
        elif v.is_floating_point():
            flat = flat.to(torch.float64)
        values = [number(round(x, 9) if isinstance(x, float) and abs(x) > 1e-3 else x) for x in flat.tolist()]
        return {"t": DT[str(v.dtype)], "s": list(v.shape), "v": values}
    if isinstance(v, bool) or v is None or isinstance(v, (int, str)):
        return v
    if isinstance(v, float):
        return {"f": number(v)}
    if isinstance(v, complex):
        return {"c": [v.real, v.imag]}
    if isinstance(v, (list, tuple)):
        return {"l": [encode(x) for x in v]}
    if isinstance(v, torch.dtype):
        return DT[str(v)]
    raise TypeError(type(v))


def record(path):
    out = []

    def case(key, *args, **kw):
        name, _, overload = key.partition(".")
        torch.manual_seed(7)
        given = [encode(a) for a in args]
        fn = getattr(getattr(torch.ops.aten, name), overload or "default")
        kwonly = [a.name for a in fn._schema.arguments if a.kwarg_only]
        positional = [a.name for a in fn._schema.arguments if not a.kwarg_only]
        entry = {"key": f"aten::{key}", "args": given}
        # Keyword-only arguments follow the others, in the schema's order.
        pos = args[: len(positional)]
        keywords = dict(zip(kwonly, args[len(positional):]))
        try:
            entry["out"] = encode(fn(*pos, **keywords))
        except Exception as e:
            entry["error"] = str(e).split("\n")[0]
        entry.update(kw)
        out.append(entry)

    torch.manual_seed(0)
    runpy.run_path(path, init_globals={"case": case, "torch": torch})
    target = pathlib.Path(path).with_suffix(".json")
    target.write_text("[\n" + ",\n".join(json.dumps(e) for e in out) + "\n]\n")
    print(target.name, len(out))


for p in sys.argv[1:]:
    record(p)
