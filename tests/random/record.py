"""Records what PyTorch's CPU samplers give, as JSON beside this file.

    python3 tests/random/record.py

Needs PyTorch 2.13 (official x86-64 build). Each case seeds the generator, runs its calls in order and notes
for each call the first and last values, a hash of all bytes, and at the end a hash of the generator's state.
"""
import hashlib
import json
import os
import struct

import torch
import torch.nn.functional as F

torch.set_num_threads(1)
HERE = os.path.dirname(os.path.abspath(__file__))
FLOATS = ["float32", "float64", "float16", "bfloat16"]
INTS = ["uint8", "int8", "int16", "int32", "int64"]
SIZES = list(range(1, 21)) + [31, 32, 33, 100, 1000]


def raw(t):
    if t.numel() == 0:
        return b""
    dense = torch.empty(t.numel(), dtype=t.dtype).copy_(t.flatten())
    return bytes(dense.view(torch.uint8).tolist())


def show(t):
    out = []
    for v in t.flatten().tolist():
        if isinstance(v, bool):
            v = int(v)
        if isinstance(v, float) and (v != v or v in (float("inf"), float("-inf"))):
            v = str(v)
        if isinstance(v, int) and abs(v) > 2**53:
            v = str(v)
        out.append(v)
    return out


def empty(call):
    n = call["n"]
    dtype = getattr(torch, call["dtype"])
    if call.get("strided"):
        return torch.empty(2 * n, dtype=dtype)[::2]
    return torch.empty(n, dtype=dtype)


def run(call):
    op, n = call["op"], call.get("n")
    a = call.get("args", [])
    if op == "uniform":
        return empty(call).uniform_(*a)
    if op == "normal":
        return empty(call).normal_(*a)
    if op == "randomFromTo":
        lo, hi = (None if x is None else int(x) for x in a)
        return empty(call).random_(lo, hi)
    if op == "random":
        return empty(call).random_()
    if op == "randperm":
        return torch.randperm(n, dtype=getattr(torch, call["dtype"]))
    if op == "bernoulliScalar":
        return empty(call).bernoulli_(*a)
    if op == "bernoulliTensor":
        return empty(call).bernoulli_(torch.tensor(call["p"], dtype=getattr(torch, call["pdtype"])))
    if op == "dropoutNoise":
        return F.dropout(torch.ones(n, dtype=getattr(torch, call["dtype"])), a[0])
    if op == "rreluNoise":
        return torch.rrelu(torch.tensor(call["x"], dtype=getattr(torch, call["dtype"])), *a, training=True)
    if op == "exponential":
        return empty(call).exponential_(*a)
    if op == "geometric":
        return empty(call).geometric_(*a)
    if op == "cauchy":
        return empty(call).cauchy_(*a)
    if op == "logNormal":
        return empty(call).log_normal_(*a)
    t = lambda k: torch.tensor(call[k], dtype=getattr(torch, call["dtype"]))
    if op == "multinomial":
        return torch.multinomial(t("p"), call["samples"], call["replacement"])
    if op == "poisson":
        return torch.poisson(t("rates"))
    if op == "binomial":
        return torch.binomial(t("count"), t("prob"))
    if op == "standardGamma":
        return torch._standard_gamma(t("alpha"))
    if op == "dirichlet":
        return torch._sample_dirichlet(t("alpha"))
    raise ValueError(op)


def record(name, cases):
    out = []
    for seed, calls in cases:
        torch.manual_seed(seed)
        for call in calls:
            r = run(call)
            values = show(r)
            call["first"] = values[:3]
            call["last"] = values[-3:]
            call["hash"] = hashlib.sha256(raw(r)).hexdigest()[:16]
        # the spare normal sample is a double: compared apart from the other bytes
        state = bytearray(raw(torch.get_rng_state()))
        spare = struct.unpack_from("<d", state, 5024)[0]
        state[5024:5032] = bytes(8)
        out.append({"seed": str(seed), "calls": calls, "state": hashlib.sha256(state).hexdigest()[:16], "spare": spare})
    with open(os.path.join(HERE, "golden", name + ".json"), "w") as f:
        f.write("[\n" + ",\n".join(json.dumps(c) for c in out) + "\n]\n")


def c(op, dtype, n, *args, **more):
    return {"op": op, "dtype": dtype, "n": n, "args": list(args), **more}


def many(op, dtypes, *args, sizes=SIZES):
    """One stream through all sizes, so that the state left behind by one call meets the next."""
    return [(seed, [c(op, d, n, *args) for n in sizes]) for d in dtypes for seed in (0, 42)]


record("uniform", many("uniform", FLOATS, 0, 1) + many("uniform", FLOATS, -0.1, 0.3, sizes=[1, 5, 17, 1000])
       + many("uniform", FLOATS, 2, 2, sizes=[3]) + many("uniform", ["float32"], 1, 1 + 2**-22, sizes=[40])
       + many("uniform", ["float64"], 1, 1 + 2**-51, sizes=[40]) + [(s, [c("uniform", "float32", 4, 0, 1)]) for s in
          (1, 123456789, 2**31, 2**32 - 1, 2**32 + 7, 2**63, 2**64 - 1, -1, -2**63)])

record("normal", many("normal", FLOATS, 0, 1) + many("normal", FLOATS, -1.5, 0.02, sizes=[1, 2, 15, 16, 17, 40, 1000])
       + many("normal", FLOATS, 1, 0, sizes=[3, 16])
       + [(3, [c("normal", d, n, 0, 1, strided=True) for n in (1, 15, 16, 17, 33)]) for d in FLOATS]
       + [(7, [c("normal", "float32", 100000, 0, 1)])])

record("interleaved", [(5, [
    c("normal", "float32", 3, 0, 1), c("uniform", "float32", 2, 0, 1), c("normal", "float32", 2, 0, 1),
    c("randperm", "int64", 7), c("normal", "float64", 5, 0, 1), c("bernoulliScalar", "float32", 6, 0.3),
    c("normal", "float32", 20, 0, 1), c("normal", "bfloat16", 1, 0, 1), c("randomFromTo", "int64", 4, 0, 10),
    c("exponential", "float32", 3, 2.0), c("logNormal", "float32", 3, 1, 2), c("uniform", "float64", 3, 0, 1),
    c("normal", "float32", 1, 0, 1), c("randomFromTo", "int64", 3, 0, 2**40), c("normal", "float16", 3, 0, 1),
    c("uniform", "float32", 700, 0, 1), c("normal", "float32", 625, 0, 1), c("dropoutNoise", "float32", 9, 0.5)])])

ranges = [(0, 2), (0, 10), (-5, 5), (0, 100), (3, 4)]
wide = [(0, 2**28 - 1), (0, 2**28), (-2**31, 2**31 - 1)]
huge = [(0, 2**31), (0, 2**32), (5, 2**33 + 11), (0, 2**40 - 3), (-2**44, 2**44), (0, 2**50 + 9), (-2**62, 2**62),
        (0, 2**63 - 1), (-2**63, 2**63 - 1), (2**60, 2**60 + 5), (-2**63, -2**63 + 3), (0, None), (7, None),
        (-2**63, None)]
def fromto(d, rs, n=20):
    return [(11, [c("randomFromTo", d, n, *(None if x is None else str(x) for x in r)) for r in rs])]
record("integers", sum([fromto(d, ranges[:2] + ranges[3:]) for d in INTS + FLOATS], [])
       + sum([fromto(d, ranges) for d in INTS[1:] + FLOATS], []) + fromto("bool", [(0, 2), (0, 1), (1, 2), (0, None)])
       + sum([fromto(d, wide) for d in ("int32", "int64", "float32", "float64")], [])
       + fromto("int64", huge) + fromto("float64", huge[:6] + [(0, None), (-2**63, None)])
       + fromto("float32", [(0, 2**24), (0, 2**24 + 1), (0, 2**30 + 1), (0, 2**40), (-2**25 - 1, 3), (0, None), (-2**63, None)])
       + fromto("float16", [(0, 2049), (0, 4097), (-65504, 65504), (0, None), (65000, 65504), (3, None)])
       + fromto("bfloat16", [(0, 257), (0, 1001), (-2**30 - 1, 2**29 + 1), (0, None), (-2**63, None)])
       + sum([fromto(d, [(0, None), (3, None)]) for d in INTS], []) + fromto("int8", [(-128, None)])
       + fromto("int32", [(-2**31, None)])
       + [(s, [c("random", d, n) for n in (1, 2, 20, 700)]) for d in INTS + FLOATS + ["bool"] for s in (0, 9)])

record("randperm", [(s, [c("randperm", d, n) for n in (0, 1, 2, 3, 10, 100, 127)]) for d in INTS + FLOATS for s in (0, 8)]
       + [(2, [c("randperm", "int64", 100000)])])

grid = [0.0, 0.1, 0.5, 0.75, 1.0, 0.3, 0.9]
record("bernoulli", many("bernoulliScalar", FLOATS + INTS + ["bool"], 0.3, sizes=[1, 5, 17, 1000])
       + many("bernoulliScalar", ["float32"], 0, sizes=[5]) + many("bernoulliScalar", ["float32"], 1, sizes=[5])
       + [(4, [c("bernoulliTensor", d, 7 * 10, p=grid * 10, pdtype=pd)]) for d in FLOATS + ["bool", "int64"] for pd in FLOATS]
       + [(6, [c("dropoutNoise", d, n, p) for n in (5, 16, 1000) for p in (0.5, 0.1, 0.3, 0, 1)]) for d in FLOATS]
       + [(6, [c("rreluNoise", d, 6, 0.125, 1 / 3, x=[-1.0, 1.0, 0.0, -1.0, 1.0, -1.0])]) for d in FLOATS[:2]])

record("continuous", many("exponential", FLOATS, 1) + many("exponential", FLOATS, 0.37, sizes=[1, 17, 1000])
       + many("geometric", FLOATS + INTS, 0.2, sizes=[1, 17, 1000]) + many("geometric", ["int64", "int32"], 1e-6, sizes=[20])
       + many("cauchy", FLOATS, 0, 1, sizes=[1, 17, 100]) + many("cauchy", FLOATS, 2, 0.5, sizes=[1, 17, 100])
       + many("logNormal", FLOATS, 1, 2, sizes=[1, 5, 16, 33]) + many("logNormal", FLOATS, -0.5, 0.1, sizes=[7]))

zeros = [0.0] * 30
zeros[7] = zeros[20] = 1.0
p2 = [[0.1, 0.2, 0.3, 0.4], [5.0, 1.0, 0.0, 2.0]]
big = [((i * 37) % 101) / 10 for i in range(300)]
record("multinomial", [(s, [dict(op="multinomial", dtype=d, p=p, samples=k, replacement=r)
                            for p, k, r in [([1.0, 2.0, 3.0], 1, False), ([1.0, 2.0, 3.0], 1, True), ([1.0, 2.0, 3.0], 3, False),
                                            ([0.5, 0.25, 0.0, 0.25], 10, True), ([0.0, 10.0, 3.0, 0.0], 4, False), (zeros, 12, False), (p2, 1, False), (p2, 3, False), (p2, 6, True),
                                            (big, 4, False), (big, 100, False), (big, 20, True)]])
                       for d in FLOATS for s in (0, 13)])

rates = [0.0, 0.5, 1.0, 3.0, 9.9, 10.0, 12.5, 40.0, 1000.0, 1e6]
counts = [0.0, 1.0, 5.0, 10.0, 30.0, 100.0, 1000.0, 50.0, 1e5, 20.0]
probs = [0.5, 0.5, 0.1, 0.9, 0.3, 0.5, 0.01, 1.0, 0.7, 0.0]
alphas = [0.0, 0.1, 0.5, 0.999, 1.0, 1.5, 3.0, 10.0, 1000.0, 1e-3]
record("counts", [(s, [dict(op="poisson", dtype=d, rates=rates * 20)]) for d in ["float32", "float64"] for s in (0, 3)]
       + [(s, [dict(op="poisson", dtype=d, rates=rates[:8] * 20)]) for d in ["float16", "bfloat16"] for s in (0, 3)]
       + [(s, [dict(op="binomial", dtype=d, count=counts * 20, prob=probs * 20)]) for d in ["float32", "float64"] for s in (0, 3)])
record("special", [(0, [dict(op="standardGamma", dtype=d, alpha=[a])]) for d in ["float32", "float64"]
                   for a in (-1.0, -0.5, -3.0, 0.0, 1e300 if d == "float64" else 1e30)]
       + [(0, [dict(op="poisson", dtype=d, rates=[1e18, 1e19])]) for d in ["float32", "float64"]]
       + [(0, [dict(op="binomial", dtype=d, count=[-1.0, 5.0, 5.0, 1e9, 1e15], prob=[0.5, -1.0, 2.0, 0.3, 0.6])])
          for d in ["float32", "float64"]])
record("gamma", [(s, [dict(op="standardGamma", dtype=d, alpha=alphas * 5),
                      dict(op="dirichlet", dtype=d, alpha=[[0.5, 1.0, 2.0], [10.0, 0.01, 3.0]])])
                 for d in ["float32", "float64"] for s in (0, 3)])

layouts = [([3, 4], [1, 3]), ([3, 4], [8, 2]), ([2, 3, 4, 5], [60, 1, 15, 3]), ([2, 3, 4], [1, 8, 2]), ([4, 5], [10, 1]),
           ([3, 1, 4], [4, 1, 1]), ([3, 1, 4], [1, 7, 3]), ([2, 2, 2], [4, 1, 2]), ([5], [3]), ([2, 0, 3], [3, 3, 1]),
           ([1, 4, 4], [1, 4, 1]), ([4, 4, 1, 2], [1, 4, 16, 16]), ([], [])]
out = []
for sizes, strides in layouts:
    for dtype in ["float32", "float64"]:
        torch.manual_seed(1)
        x = torch.empty_strided(sizes, strides, dtype=getattr(torch, dtype))
        u = x.uniform_(0, 1).flatten().tolist()
        z = x.normal_(0, 1).flatten().tolist() if not x.is_contiguous() else None
        probs = torch.linspace(0, 1, max(1, x.numel()), dtype=torch.float32)[:x.numel()].reshape(sizes)
        b = x.bernoulli_(probs).flatten().tolist()
        out.append({"sizes": sizes, "strides": strides, "dtype": dtype, "uniform": u, "normal": z, "bernoulli": b,
                    "probs": probs.flatten().tolist()})
with open(os.path.join(HERE, "layouts.json"), "w") as f:
    f.write("[\n" + ",\n".join(json.dumps(c) for c in out) + "\n]\n")

keys = {"ramp": [float(i) for i in range(70)], "zeros": [0.0] * 300, "small": [float((i * 7) % 5) for i in range(40)],
        "waves": [float((i * i) % 23) for i in range(200)], "organ": [float(min(i, 400 - i)) for i in range(400)],
        "nans": [float("nan") if i % 7 == 3 else float((i * 11) % 6) for i in range(50)]}
out = []
for name, values in keys.items():
    for k in (1, 2, 3, 4, 5, 17, 40):
        for largest in (True, False):
            for in_order in (True, False):
                got = torch.topk(torch.tensor(values), k, largest=largest, sorted=in_order)[1].tolist()
                out.append({"name": name, "k": k, "largest": largest, "sorted": in_order, "indices": got})
with open(os.path.join(HERE, "top_k.json"), "w") as f:
    json.dump({"keys": {k: [str(x) for x in v] for k, v in keys.items()}, "cases": out}, f)


def flat(t):
    return (torch.view_as_real(t) if t.is_complex() else t).flatten().tolist()


rates = torch.tensor([[1.0, 20.0, 3.0], [4.0, 5.0, 600.0]])
weights = torch.tensor([[1.0, 2.0], [3.0, 0.5], [0.25, 4.0]])
tensors = {
    "normal complex64 [3, 2] transposed": lambda: torch.empty(3, 2, dtype=torch.complex64).t().normal_(0.5, 2),
    "normal complex128 [17]": lambda: torch.randn(17, dtype=torch.complex128),
    "normal complex64 [4]": lambda: torch.randn(4, dtype=torch.complex64),
    "uniform complex128 [2, 3]": lambda: torch.empty(2, 3, dtype=torch.complex128).uniform_(-1, 2),
    "normal float32 [8, 4] transposed": lambda: torch.empty(8, 4).t().normal_(),
    "bernoulli int64 transposed, p transposed": lambda: torch.empty(3, 2, dtype=torch.int64).t().bernoulli_(rates / 700),
    "bernoulli float32 [2, 3], p [3]": lambda: torch.empty(2, 3).bernoulli_(rates[0] / 30),
    "bernoulli of transposed": lambda: torch.bernoulli((rates / 700).t()),
    "poisson transposed": lambda: torch.poisson(rates.t()),
    "binomial": lambda: torch.binomial(rates.t().contiguous(), (rates / 700).t()),
    "gamma transposed": lambda: torch._standard_gamma(rates.t()),
    "dirichlet transposed": lambda: torch._sample_dirichlet(rates.t()),
    "multinomial transposed": lambda: torch.multinomial(weights.t(), 2, False),
    "multinomial with replacement": lambda: torch.multinomial(weights.t(), 9, True),
    "random int16 slice": lambda: torch.zeros(3, 4, dtype=torch.int16)[:, 1:3].random_(),
    "randint int64 slice": lambda: torch.zeros(3, 4, dtype=torch.int64)[1:, 1:3].random_(-5, 7),
    "exponential bfloat16 transposed": lambda: torch.zeros(3, 4, dtype=torch.bfloat16).t().exponential_(2),
    "normal of tensors": lambda: torch.normal(rates.t(), (rates / 700).t()),
    "normal of mean [3], std [2, 3]": lambda: torch.normal(rates[0], rates),
    "normal of mean tensor": lambda: torch.normal(torch.arange(1.0, 21), 0.3),
    "normal of std tensor": lambda: torch.normal(0.1, torch.arange(0.0, 20)),
    "normal of float64 mean, float32 std": lambda: torch.normal(rates.double(), rates),
    "normal of float32 mean, float64 std": lambda: torch.normal(rates, rates.double() / 3),
    "normal of bfloat16": lambda: torch.normal(rates.bfloat16(), rates.bfloat16() / 3),
    "dropout transposed": lambda: F.dropout(torch.ones(3, 4).t(), 0.3),
}
out = []
for name, f in tensors.items():
    torch.manual_seed(21)
    out.append({"name": name, "values": flat(f())})
with open(os.path.join(HERE, "tensors.json"), "w") as f:
    f.write("[\n" + ",\n".join(json.dumps(c) for c in out) + "\n]\n")
