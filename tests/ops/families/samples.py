"""PyTorch's own sample inputs of its operators (torch.testing), small ones, in several dtypes; in-place and out forms too."""
import itertools
import warnings
from torch.testing._internal.common_methods_invocations import op_db

warnings.simplefilter("ignore")
WANTED = [
    (torch.float32, 4), (torch.int64, 2), (torch.bool, 1), (torch.complex64, 1), (torch.float64, 1),
    (torch.bfloat16, 1), (torch.float16, 1), (torch.uint8, 1), (torch.int8, 1), (torch.complex128, 1),
]
MOST = 220  # elements a case, inputs and results together
RANDOM = {"empty", "empty_like", "new_empty", "empty_strided", "new_empty_strided", "empty_permuted", "resize_",
          "resize_as_", "_segment_reduce", "segment_reduce"}


def part_of(name):
    for prefix in ("linalg", "fft", "special", "nn"):
        if name.startswith(prefix + "."):
            return prefix
    letter = name.lstrip("_")[0].lower()
    return "a_to_c" if letter <= "c" else "d_to_l" if letter <= "l" else "m_to_r" if letter <= "r" else "s_to_z"


def aten_names(op):
    tail = op.name.replace(".", "_")
    names = [tail, op.name.split(".")[-1], op.aten_name] + [a.name.replace(".", "_") for a in op.aliases]
    seen = []
    for n in names:
        if n not in seen and hasattr(torch.ops.aten, n) and not n.startswith("__r"):
            seen.append(n)
    return seen


def bound(fn, args, kwargs):
    """Arguments in the schema's order, or None when they do not fit."""
    formals = fn._schema.arguments
    positional = [a for a in formals if not a.kwarg_only]
    # A list written as separate integers.
    if len(args) > len(positional):
        return None
    given = dict(zip((a.name for a in positional), args))
    for k, v in kwargs.items():
        if k in given or k not in {a.name for a in formals}:
            return None
        given[k] = v
    out = []
    for a in formals:
        if a.name in given:
            out.append(given[a.name])
        elif a.has_default_value():
            out.append(a.default_value)
        else:
            return None
    return out


def resolve(name, args, kwargs):
    try:
        over = torch._C._jit_resolve_packet(f"aten::{name}", *args, **kwargs)
    except Exception:
        return None
    key = name if over in ("", "default") else f"{name}.{over}"
    fn = getattr(getattr(torch.ops.aten, name), over or "default")
    full = bound(fn, args, kwargs)
    return None if full is None else (key, fn, full)


def weight(v):
    if isinstance(v, torch.Tensor):
        return v.numel() * (2 if v.is_complex() else 1)
    return sum(weight(x) for x in v) if isinstance(v, (list, tuple)) else 0


def shape_of(args):
    return tuple(
        (tuple(a.shape), a.is_contiguous()) if isinstance(a, torch.Tensor) else str(type(a)) if not isinstance(a, (int, str)) else str(a)
        for a in args
    )


def detached(v):
    if isinstance(v, torch.Tensor):
        return v.detach()
    return type(v)(detached(x) for x in v) if isinstance(v, (list, tuple)) else v


def derived(name, over, fn, full):
    """The in-place and the out form of a call."""
    self = full[0]
    formals = [a.name for a in fn._schema.arguments]
    inplace = getattr(torch.ops.aten, name + "_", None)
    if isinstance(self, torch.Tensor) and inplace is not None:
        for o in inplace.overloads():
            f = getattr(inplace, o)
            if [a.name for a in f._schema.arguments] == formals and all(
                str(a.type) == str(b.type) for a, b in zip(f._schema.arguments, fn._schema.arguments)
            ):
                yield name + "_" + ("" if o == "default" else "." + o), [self.clone()] + full[1:]
    packet = getattr(torch.ops.aten, name)
    for o in packet.overloads():
        f = getattr(packet, o)
        outs = [a for a in f._schema.arguments if a.is_out]
        if not outs or any(str(a.type) != "Tensor" for a in outs):
            continue
        own = [(a.name, str(a.type)) for a in f._schema.arguments if not a.is_out]
        creation = {"dtype", "layout", "device", "pin_memory"}
        if [x for x in own] == [(a.name, str(a.type)) for a in fn._schema.arguments if a.name in dict(own) or a.name not in creation]:
            given = {a.name: v for a, v in zip(fn._schema.arguments, full)}
            probe = fn(*[given[a.name] for a in fn._schema.arguments if not a.kwarg_only],
                       **{a.name: given[a.name] for a in fn._schema.arguments if a.kwarg_only})
            probe = probe if isinstance(probe, (list, tuple)) else [probe]
            if len(probe) == len(outs) and all(isinstance(p, torch.Tensor) for p in probe):
                yield name + "." + o, [given[n] for n, _ in own] + [torch.empty(0, dtype=p.dtype) for p in probe]


seen_forms = set()
limit = {}


def add(key, full, room):
    if any(isinstance(a, torch.Tensor) and a.layout != torch.strided for a in full) or weight(full) > MOST:
        return False
    try:
        entry = entry_for(key, full)
    except (TypeError, KeyError, NotImplementedError):
        return False
    if len(str(entry)) > 3500:
        return False
    if entry.get("class") == "NotImplementedError" and "'aten::" in entry["error"]:
        return False
    if "out" in entry:
        again = entry_for(key, full) if "after" not in entry else entry
        if str(again) != str(entry):  # uninitialized memory
            return False
    room.append(entry)
    return True


torch.manual_seed(1)
for op in op_db:
    names = aten_names(op)
    if not names or any(n in RANDOM for n in names) or "sparse" in op.name or op.name.startswith("masked."):
        continue
    part(part_of(op.name))
    here = parts[part_of(op.name)]
    for dtype, most in WANTED:
        if dtype not in op.dtypes:
            continue
        try:
            samples = list(itertools.islice(op.sample_inputs("cpu", dtype, requires_grad=False), 60))
        except Exception:
            continue
        samples.sort(key=lambda s: weight([s.input, *s.args]) == 0)
        taken, shapes = {}, set()
        for s in samples:
            args = [detached(s.input), *detached(list(s.args))]
            for name in names:
                found = resolve(name, args, s.kwargs)
                if not found:
                    continue
                key, fn, full = found
                full = list(full)
                if taken.get(key, 0) >= (most if name == names[0] else 1) or (key, shape_of(full)) in shapes:
                    continue
                if dtype != torch.float32 and name != names[0]:
                    continue
                if not add(key, full, here):
                    continue
                taken[key] = taken.get(key, 0) + 1
                shapes.add((key, shape_of(full)))
                if "error" in here[-1]:
                    continue
                try:
                    forms = list(derived(name, None, fn, full))
                except Exception:
                    forms = []
                for k, a in forms:
                    if (k, dtype) in seen_forms or (dtype != torch.float32 and any(f == k for f, _ in seen_forms)):
                        continue
                    if add(k, a, here):
                        seen_forms.add((k, dtype))
    if op.error_inputs_func is None:
        continue
    try:
        wrong = list(itertools.islice(op.error_inputs("cpu"), 12))
    except Exception:
        continue
    for e in wrong:
        s = e.sample_input
        for name in names[:1]:
            found = resolve(name, [s.input, *s.args], s.kwargs)
            if found and add(found[0], detached(list(found[2])), here) and "error" not in here[-1]:
                here.pop()
