"""Elementwise operators over dtypes, broadcasting, promotion and errors."""
f = torch.tensor([[0.5, -1.5, 2.0], [0.25, 3.0, -0.75]])
i = torch.tensor([[7, -3, 2], [0, 5, -8]])
u = torch.tensor([3, 250, 9], dtype=torch.uint8)
b = torch.tensor([True, False, True])
z = torch.tensor([1 + 2j, -0.5j, 3 + 0j])
big = torch.tensor([2**62, -(2**63), 2**53 + 2])
sp = torch.tensor([float("nan"), float("inf"), -float("inf"), -0.0])
unary = "abs neg exp exp2 expm1 sin cos tan atan sinh cosh tanh asinh sigmoid erf erfc floor ceil trunc frac round sign sgn signbit square isnan isinf isfinite isposinf isneginf logical_not nan_to_num relu relu6 silu mish selu hardswish hardsigmoid log_sigmoid rad2deg deg2rad reciprocal sinc angle".split()
for name in unary:
    for t in (f, f.double(), f.half(), i, b, sp):
        case(name, t)
for name in "log log2 log10 log1p sqrt rsqrt lgamma digamma i0 acosh".split():
    case(name, f.abs() + 1)
    case(name, i.abs() + 1)
for name in "asin acos atanh erfinv".split():
    case(name, f / 4)
for name in "abs neg exp log sqrt sin cos tanh reciprocal sgn square conj_physical isnan isfinite angle sigmoid".split():
    case(name, z)
for name in "bitwise_not".split():
    for t in (i, u, b, f):
        case(name, t)
for name in "add.Tensor sub.Tensor mul.Tensor div.Tensor floor_divide remainder.Tensor fmod.Tensor pow.Tensor_Tensor eq.Tensor ne.Tensor lt.Tensor le.Tensor gt.Tensor ge.Tensor logical_and logical_or logical_xor maximum minimum fmax fmin atan2 hypot copysign.Tensor xlogy.Tensor logaddexp".split():
    for x, y in ((f, f.flip(0)), (f, i), (i.abs() + 1, i.abs() + 2), (u, i.abs() + 1), (b, f), (f.half(), f), (f, torch.tensor(2.0, dtype=torch.double)), (f[:, :1], i[:1]), (f, torch.ones(2)), (sp, sp.flip(0)), (b, b)):
        case(name, x, y)
for name in "add.Tensor sub.Tensor mul.Tensor div.Tensor eq.Tensor ne.Tensor lt.Tensor".split():
    case(name, z, z.flip(0))
    case(name, big, big.flip(0))
for name in "add.Scalar sub.Scalar rsub.Scalar".split():
    for t in (f, i, u, b, z, f.bfloat16()):
        case(name, t, 2)
        case(name, t, 2.5)
        case(name, t, 3, 2)
    case(name, i, 1, 0.5)
for name in "mul.Scalar div.Scalar floor_divide.Scalar remainder.Scalar fmod.Scalar pow.Tensor_Scalar eq.Scalar lt.Scalar ge.Scalar".split():
    for t in (f, i, u, f.half()):
        case(name, t, 3)
        case(name, t, 1.5)
case("div.Tensor_mode", i, i.flip(0) * 2 + 1, "trunc")
case("div.Tensor_mode", f, f.flip(0), "floor")
case("div.Tensor_mode", f, f.flip(0), "up")
case("floor_divide", i, torch.zeros_like(i))
case("pow.Tensor_Scalar", i, -1)
case("pow.Scalar", 2, f)
for name in "bitwise_and.Tensor bitwise_or.Tensor bitwise_xor.Tensor bitwise_left_shift.Tensor bitwise_right_shift.Tensor".split():
    case(name, i.abs(), i.flip(0).abs())
    case(name, u, torch.tensor([1, 2, 3], dtype=torch.uint8))
    case(name, f, f)
case("bitwise_and.Tensor", b, ~b)
case("clamp", f, -1, 1)
case("clamp", i, 0, 2.5)
case("clamp", f, None, 0.3)
case("clamp.Tensor", f, f * 0, f * 0 + 1)
case("clamp_min", i, 1)
case("lerp.Scalar", f, f.flip(0), 0.25)
case("lerp.Tensor", f, f.flip(0), f)
case("addcmul", f, f, f.flip(0), 2)
case("addcdiv", f, f, f.flip(0), 0.5)
case("addcdiv", i, i, i)
case("where.self", f > 0, f, i)
case("where.ScalarOther", f > 0, f, 1)
case("gelu", f)
case("gelu", f, "tanh")
case("elu", f)
case("celu", f, 0.5)
case("leaky_relu", f, 0.1)
case("softplus", f)
case("hardtanh", f)
case("hardshrink", f)
case("softshrink", f)
case("threshold", f, 0.5, 9)
case("prelu", f, torch.tensor([0.1, 0.2, 0.3]))
case("round.decimals", f * 1.2345, 2)
case("logit", f.abs() / 4, 0.1)
case("gcd", i, i.flip(0))
case("lcm", i, i.flip(0))
case("isclose", f, f + 1e-7)
