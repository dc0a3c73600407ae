"""Operators on numbers, strings, lists and dicts, each run as a node of a TorchScript graph on a table of values.

The schemas say what each takes; type variables are tried as int, float, str and Tensor.
"""
import itertools, json, math, os, pathlib, re, signal

SCHEMAS = pathlib.Path(__file__).resolve().parents[3] / "ops" / "schemas.txt"
T = torch.tensor
VALUES = {
    "int": [0, 1, -1, 2, 7, -5, 3, 10],
    "float": [0.0, -0.5, 1.5, 2.0, -3.25, math.inf, math.nan, 1e10, -0.0, 0.1],
    "bool": [True, False],
    "complex": [0j, 1 + 2j, -0.5j, 3 + 0j, complex(-1.5, 0.25)],
    "str": ["", "abc", "Hello World", "b", "a,b,,c", " 12 ", "-3", "2.5", "x1 y2\tz\n", "ß", "ABC", "tIt Le", "l"],
    "Scalar": [2, -1.5, 0, 1 + 1j, 3.0],
    "Device": [torch.device("cpu"), torch.device("cpu", 0)],
    "Tensor": [T([1.5, -2.0]), T(3), T([[1, 2], [3, 4]]), T(True), T(2.5), T(1 + 2j), torch.zeros(0)],
    "NoneType": [None],
    "MemoryFormat": [0],
}
LISTS = {
    "int": [[3, 1, 2], [], [5], [2, 2, -1]],
    "float": [[0.5, -1.0], [], [2.0, 2.0, 0.25], [1.5]],
    "bool": [[True, False], [], [False, True, True]],
    "str": [["b", "a"], [], ["", "abc", "b"]],
    "complex": [[1 + 2j], [], [0j, 3 + 0j]],
    "Tensor": [[T(1), T(2)], [], [T([1.0, 2.0])]],
    "Device": [[torch.device("cpu")]],
}
KEYS = {"str": ["a", "b"], "int": [0, 7], "bool": [True, False], "float": [0.0, 1.5], "complex": [0j, 1 + 2j],
        "Tensor": [T(1), T(2)]}
# Not functions of their arguments, or of things this file does not make.
LEAVE = {
    "aten::_assert_scalar", "aten::_cufft_clear_plan_cache", "aten::_cufft_get_plan_cache_max_size", "prim::TupleIndex",
    "aten::_cufft_get_plan_cache_size", "aten::_cufft_set_plan_cache_max_size", "aten::_size_if_not_equal", "prim::IfThenElse",
    "aten::sym_constrain_range", "aten::sym_constrain_range_for_size", "aten::dequantize", "prim::AddStatValue",
    "prim::AutogradAdd", "prim::ModuleContainerIndex", "prim::ReductionSizes",
    "aten::manual_seed", "aten::initial_seed", "aten::seed", "prim::shape", "prim::Print", "aten::wait", "prim::rangelist_",
    "aten::save", "prim::unchecked_unwrap_optional", "prim::RaiseException", "prim::IgnoredPythonOp", "aten::get_gradients",
    "prim::AutogradAnyNonZero", "prim::AutogradAllNonZero", "prim::AutogradAllZero", "aten::_set_deterministic",
    "aten::set_grad_enabled", "aten::grad", "aten::_print", "prim::Uninitialized", "prim::id", "prim::profile",
    "aten::confirmed_by_owner", "aten::is_owner", "aten::_reinterpret_tensor", "prim::is_owner", "prim::warn", "aten::warn",
    "prim::unchecked_cast", "aten::_unwrap_optional", "prim::BroadcastSizes", "prim::VarConcat", "prim::VarStack", "prim::StaticSubgraph", "prim::onnx", "aten::cuda",
}
# Functions of tensors that read no element.
FACTS = set("""size stride dim numel ndimension storage_offset element_size is_contiguous is_complex is_floating_point is_signed
is_conj is_neg is_inference is_leaf is_same_size is_set_to is_pinned result_type _version get_device output_nr itemsize nbytes
dtype device layout index requires_grad name is_cpu is_meta is_cuda is_ipu is_maia is_mkldnn is_mps is_mtia is_nested
is_quantized is_sparse is_sparse_csr is_vulkan is_xla is_xpu is_hpu is_non_overlapping_and_dense suggest_memory_format len Int Float
Bool Complex IntImplicit FloatImplicit ComplexImplicit ScalarImplicit item is_nonzero can_cast promote_types broadcast_shapes
_infer_size type sym_size sym_numel sym_stride sym_storage_offset __is__ __isnot__ equal __contains__ index count remove sort
sorted list append insert extend pop clear reverse copy Delete _set_item __getitem__ keys values items get setdefault
update popitem dict slice add mul numpy_T NumToTensor _local_scalar_dense eq ne __not__ str __is__ __isnot__ layout hash""".split())
FORMS = {"int", "float", "bool", "complex", "str", "Scalar", "Device", "Tensor", "number"}


def clean(text):
    return re.sub(r"\([a-z](?:\|[a-z])*!?(?: -> [*a-z|]+)?\)|\(\*\)", "", text)


def split_args(text):
    out, depth, start = [], 0, 0
    for i, ch in enumerate(text):
        depth += ch in "([" and 1 or ch in ")]" and -1 or 0
        if ch == "," and depth == 0:
            out.append(text[start:i].strip())
            start = i + 1
    last = text[start:].strip()
    return out + [last] if last else out


def parse(line):
    body = clean(line)
    m = re.match(r"((?:aten|prim)::\w+)(?:\.(\w+))?\((.*)\) -> (.*)$", body)
    if not m or "..." in body:
        return None
    name, over, args, ret = m.groups()
    formals, mutated = [], []
    raw_args = [a for a in split_args(line[line.index("(") + 1:line.rindex(") -> ")])if a != "*"]
    for a, whole in zip([a for a in split_args(args) if a != "*"], raw_args):
        type_, rest = a.rsplit(" ", 1) if "=" not in a else a[: a.index("=")].rsplit(" ", 1)
        formals.append((re.sub(r"\[\d+\]", "[]", type_.strip()), a.split("=", 1)[1] if "=" in a else None))
        mutated.append("!" in whole)
    if ret != "()" and ret.startswith("(") and ret.endswith(")") and "(" not in ret[1:-1].replace("(str, t)", "") and "," not in ret:
        ret = ret[1:-1]
    return name, over or "", formals, mutated, ret


def bind(type_, t):
    type_ = {"number": "Scalar", "ScalarType": "int", "Layout": "int", }.get(type_, type_)
    return re.sub(r"\b(t|t1|t2|tVal|T)\b", t, type_)


def values_of(type_, seed):
    """Values of a concrete type, in an order that differs from formal to formal."""
    if type_.endswith("?"):
        inner = values_of(type_[:-1], seed)
        return inner and [None] + inner[:3]
    if type_.endswith("[]"):
        base = type_[:-2]
        if base in LISTS:
            return LISTS[base]
        m = re.match(r"\((\w+), (\w+)\)$", base)
        if m:
            k, v = m.groups()
            return [list(zip(VALUES[k][:2], VALUES[v][:2])), []] if k in VALUES and v in VALUES else None
        return None
    m = re.match(r"Dict\((\w+), (\w+)\)$", type_)
    if m:
        k, v = m.groups()
        if k not in KEYS or v not in VALUES:
            return None
        return [dict(zip(KEYS[k], VALUES[v][:2])), {KEYS[k][1]: VALUES[v][1]}]
    return VALUES.get(type_)


def copied(v):
    if isinstance(v, list):
        return list(v)
    if isinstance(v, dict):
        return dict(v)
    return v.clone() if isinstance(v, torch.Tensor) else v


def run(name, over, types, mutated, ret, args):
    """One call through a graph; gives the entry, or None when the graph cannot be made or is another overload."""
    ir = lambda t: t.replace("MemoryFormat", "int")
    params = ", ".join(f"%{i} : {ir(t)}" for i, t in enumerate(types))
    call = f"{name}({', '.join(f'%{i}' for i in range(len(types)))})"
    outs, lines = [], []
    returns = split_args(ret[1:-1]) if ret.startswith("(") and not ret.endswith("[]") else [ret]
    if ret == "()":
        lines.append(f"  {call}")
        returns = []
    else:
        names = [f"%r{i}" for i in range(len(returns))]
        lines.append("  " + ", ".join(f"{n} : {ir(t)}" for n, t in zip(names, returns)) + f" = {call}")
        outs.extend(zip(names, returns))
    for i, (t, m) in enumerate(zip(types, mutated)):
        if m:
            outs.append((f"%{i}", t))
    lines.append(f"  %t : ({', '.join(ir(t) for _, t in outs)}) = prim::TupleConstruct({', '.join(v for v, _ in outs)})")
    text = f"graph({params}):\n" + "\n".join(lines) + "\n  return (%t)\n"
    try:
        graph = torch._C.parse_ir(text)
        schema = graph.findNode(name).schema()
    except Exception:
        schema = ""
    key = name + ("." + over if over else "")
    if schema.startswith(key + "("):
        f = torch._C._create_function_from_graph("f", graph)
    elif any(mutated) or len(returns) != 1:
        return None
    else:
        # Another overload takes these types too: called by name.
        space, short = name.split("::")
        fn = getattr(getattr(getattr(torch.ops, space), short), over or "default", None)
        if fn is None:
            return None
        f = lambda *given: (fn(*given),)
    entry = {"key": key, "args": [encode(a) for a in args]}
    torch.manual_seed(7)
    given = [copied(a) for a in args]
    try:
        result = f(*given)
    except Exception as e:
        text = str(e).strip().split("\n")
        at = [x for x in text if re.match(r"\w*(Error|Exception): ", x)]
        message = at[-1].split(": ", 1)[1] if at else text[0]
        if "INTERNAL ASSERT" in message or "schema" in message or "Expected" in text[0] or "expected" in text[0] and "aten::" in text[0]:
            return None
        entry["error"] = message.split("\n")[0]
        return entry
    at = len(returns)
    entry["out"] = None if at == 0 else encode(result[0]) if at == 1 else encode(list(result[:at]))
    alias = shared_with(result[0], given) if at == 1 else None
    if alias is not None:
        entry["alias"] = alias
    after = {}
    for i, m in enumerate(mutated):
        if m:
            after[str(i)] = encode(result[at])
            at += 1
    if after:
        entry["after"] = after
    return entry


def combos(choices, most):
    """A spread over the product: all of it when small, else a fixed sample."""
    total = math.prod(len(c) for c in choices)
    everything = list(itertools.product(*choices))
    if total <= most:
        return everything
    step = total / most
    return [everything[int(i * step + (i * 7919 % max(int(step), 1)))  % total] for i in range(most)]


def apart(job, some):
    """What `job` gives in a process of its own; None when the process dies (C's division by zero)."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        signal.alarm(2)  # some calls never come back: splitting at an empty string
        os.close(read)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        code = 0
        try:
            with os.fdopen(write, "w") as f:
                json.dump(job(some), f)
        except Exception:
            code = 1
        os._exit(code)
    os.close(write)
    with os.fdopen(read) as f:
        text = f.read()
    _, status = os.waitpid(child, 0)
    return json.loads(text) if status == 0 else None


REPEATING = {"pow", "__lshift__", "__rshift__", "factorial", "ljust", "rjust", "center", "zfill", "mul", "expandtabs"}
for line in SCHEMAS.read_text().split("\n"):
    parsed = parse(line)
    if not parsed:
        continue
    name, over, formals, mutated, ret = parsed
    short = name.split("::")[1]
    if name in LEAVE or over.endswith("out") or any(c.isupper() for c in ret.replace("Tensor", "").replace("Scalar", "").replace("Dict", "").replace("Device", "").replace("Any", "")):
        continue
    tensors = any("Tensor" in t for t, _ in formals)
    if tensors and short not in FACTS:
        continue
    if "Tensor" in ret and not tensors and short not in FACTS and short != "tensor":
        continue
    if not formals:
        continue
    generic = any(re.search(r"\b(t|t1|t2|tVal|T)\b", t) for t, _ in formals)
    for variable in (["int", "float", "str", "Tensor"] if generic else ["int"]):
        types = [bind(t, variable) for t, _ in formals]
        if any(t in ("AnyEnumType", "Any", "Any[]", "Generator?", "Storage", "Future(int)", "AnyClassType") for t in types):
            types = [{"Any": "int", "Any[]": "str[]"}.get(t, t) for t in types]
        if short == "hash" and variable == "Tensor":
            continue  # by address
        if short == "update" and "Tensor" in types[0].split(",")[0]:
            continue  # the same keys are in both dicts, which a recording does not say
        choices = [values_of(t, i) for i, t in enumerate(types)]
        if any(c is None for c in choices):
            continue
        if len(choices) > 1 and short in ("__getitem__", "_set_item", "pop", "Delete", "insert"):
            choices[1] = choices[1][:5] + ([99] if types[1] == "int" else [])
        wanted = 6 if generic or len(types) == 1 and types[0] != "str" else 14
        chosen = []
        for args in combos(choices, max(wanted, len(choices[0]) if len(types) == 1 else 0)):
            big = any(isinstance(a, int) and abs(a) > 40 for a in args)
            if not (big and short in REPEATING):
                chosen.append(args)
        job = lambda some: [e for e in (run(name, over, types, mutated, bind(ret, variable), a) for a in some) if e]
        found = apart(job, chosen)
        if found is None:
            found = [e for a in chosen for e in apart(job, [a]) or []]
        parts[""].extend(found)

# Calls that the tables do not reach: numbers of dtypes, nested lists, any number of arguments.
TYPES = {bool: "bool", int: "int", float: "float", complex: "complex", str: "str", torch.device: "Device", type(None): "NoneType"}


def type_of(v):
    if isinstance(v, torch.Tensor):
        return "Tensor"
    if isinstance(v, list):
        return (type_of(v[0]) if v else "float") + "[]"
    if isinstance(v, tuple):
        return f"({', '.join(type_of(x) for x in v)})"
    if isinstance(v, dict):
        return f"Dict({type_of(next(iter(v)))}, {type_of(next(iter(v.values())))})"
    return TYPES[type(v)]


def call(key, *args, ret="Tensor", writes=False):
    name, _, over = key.partition(".")
    written = [writes and i == 0 for i in range(len(args))]
    entry = apart(lambda some: run(name, over, [type_of(a) for a in some], written, ret, some), args)
    if entry is None:
        print("values.py: not recorded:", key, args)
    else:
        parts[""].append(entry)


cpu, M = torch.device("cpu"), T([[1.5, -2.0], [0.25, 3.0]])
for dtype in (None, 6, 4, 7, 0, 11, 9):
    for v, over in ((3, ".int"), (-2.5, ".float"), (True, ".bool"), ([1, 2], ""), ([1.5, -2.0], ""), ([True, False], ""),
                    ([[1, 2], [3, 4]], ""), ([[0.5]], "")):
        call("aten::tensor" + over, v, dtype, None, False)
        call("aten::as_tensor" + (over or ".list"), v, dtype, cpu)
call("aten::tensor.complex", 1 + 2j, None, None, False)
call("aten::tensor", [1j, 2j], None, None, False)
call("aten::tensor", [], None, None, False)
call("aten::tensor", [[1, 2], [3]], None, None, False)
call("aten::as_tensor.complex", 1 + 2j, None, None)
call("aten::as_tensor", M, None, None)
call("aten::as_tensor", M, 7, None)
call("aten::as_tensor", T([1, 2]), 4, cpu)
for v, over in ((3, ".int"), (2.5, ".float"), (T([1.0, 2.0]), ".Tensor")):
    call("aten::copy_" + over, M.clone(), v, writes=True)
    call("aten::copy_" + over, T([1, 2]), v, writes=True)
for dtype in (None, 7, 4, 6):
    call("aten::to.prim_dtype", M, dtype, False, False)
    call("aten::to.prim_dtype", M, dtype, False, True)
    call("aten::to.prim_Device", M, cpu, dtype, False, False)
    call("aten::to.prim_Device", M, None, dtype, False, True)
call("aten::to.prim_other", M, False, False)
call("aten::to.prim_other", M, False, True)
call("aten::set_", M.clone(), writes=True)
call("prim::data", M)
call("prim::layout", M, ret="int")
call("aten::pin_memory", M, None)
call("aten::cuda", M)
for pairs in ([("a", 1), ("b", 2)], [(1, 0.5), (1, 2.5)], [(True, "x")], [(0.5, 1)], [(1j, 2)], [("k", M)]):
    k = type_of(pairs[0][0])
    call(f"aten::dict.{k}", pairs, ret=f"Dict({k}, {type_of(pairs[0][1])})")
call("aten::dict.Tensor", [(T(1), 2)], ret="Dict(Tensor, int)")
call("aten::update.Tensor", {T(1): 2}, {T(3): 4}, ret="()", writes=True)
for pairs in ([(2, 1), (1, 5), (1, 2)], [("b", 1.5), ("a", 2.5)]):
    call("aten::sort.any", pairs, False, ret="()", writes=True)
    call("aten::sort.any", pairs, True, ret="()", writes=True)
    call("aten::sorted.any", pairs, ret=type_of(pairs))
for text, *args in (("{} {}", 1, 2.5), ("{}", "x"), ("no fields",), ("{} {} {}", True, [1, 2], (1, "a")), ("{}", None), ("{}", 1e20),
                    ("{}{}", 1), ("{}", 1, 2), ("{}", {"a": 1}), ("{}", -0.0), ("{} {}", float("inf"), float("nan")), ("{}", 1 + 2j),
                    ("{}", [0.5, 2.0]), ("{}", cpu), ("{}", ["a"])):
    call("aten::format", text, *args, ret="str")
for text, *args in (("%d", 3), ("%s and %s", "a", 2.5), ("%5d|", 42), ("%f", 1.5), ("%e", 12345.678), ("%g", 0.0001), ("%x", 255),
                    ("%i%%", 5), ("%c", 65), ("%s", [1, 2]), ("%.2f", 3.14159), ("%d", "x"), ("%d %d", 1), ("%", 1), ("%o", 8), ("%s", True)):
    call("aten::percentFormat", text, *args, ret="str")
call("aten::manual_seed", 5, ret="()")
call("aten::is_scripting", ret="bool")
for dtype in (None, 7):
    call("aten::rand.generator", [3], None, dtype, None, cpu, None)
    call("aten::randn.generator", [3], None, dtype, None, None, None)
    call("aten::randint.generator", 10, [4], None, dtype, None, None, None)
    call("aten::randint.low_generator", -5, 5, [4], None, dtype, None, None, None)
    call("aten::randperm.generator", 6, None, dtype, None, None, None)

import enum


class Color(enum.Enum):
    RED = 1
    BLUE = 2


@torch.jit.script
def same(a: Color, b: Color) -> bool:
    return a == b


@torch.jit.script
def differ(a: Color, b: Color) -> bool:
    return a != b


for a, z in itertools.product(Color, Color):
    for key, f in (("aten::eq.enum", same), ("aten::ne.enum", differ)):
        parts[""].append({"key": key, "args": [{"e": v.name} for v in (a, z)], "out": f(a, z)})
g = torch.Generator()
g.manual_seed(12)
parts[""].append({"key": "aten::initial_seed", "args": [{"gen": 12}], "out": torch.ops.aten.initial_seed(g) if hasattr(torch.ops.aten, "initial_seed") else g.initial_seed()})
g.manual_seed(40)
parts[""].append({"key": "aten::manual_seed.generator", "args": [{"gen": 1}, 40], "out": {"gen": g.initial_seed()}})
