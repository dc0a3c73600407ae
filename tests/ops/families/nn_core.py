"""Matrix products, convolution, normalisation, pooling."""
R = torch.randn
m, n = R(3, 4), R(4, 5)
case("mm", m, n); case("mm", m, m); case("mm", m.long(), n.long()); case("mm", m, n.double()); case("mm", m.half(), n.half(), tol=2e-3)
case("mm", R(2, 3, dtype=torch.complex64), R(3, 2, dtype=torch.complex64))
case("mm", m[0], n); case("bmm", R(2, 3, 4), R(2, 4, 5)); case("bmm", R(2, 3, 4), R(2, 3, 5)); case("bmm", m, n)
case("mv", m, R(4)); case("mv", m, R(3)); case("dot", R(4), R(4)); case("dot", R(4), R(3)); case("dot", m, m)
case("dot", torch.arange(3), torch.arange(3)); case("outer", R(3), R(2)); case("outer", m, R(2))
for a, b in (((3,), (3, 2)), ((2, 3), (3,)), ((5, 2, 3), (3,)), ((3,), (5, 3, 2)), ((5, 2, 3), (3, 4)), ((2, 1, 2, 3), (4, 3, 2)), ((2, 3), (5, 3, 4)), ((0, 3), (3, 2)), ((2, 0), (0, 3)), ((3,), (4,)), ((2, 3), (4,)), ((2, 3, 4), (2, 3, 4)), ((2, 3, 4), (3, 4)), ((), (3,)), ((3,), (4, 2))):
    case("matmul", R(a), R(b))
case("addmm", R(5), m, n, 0.5, 2); case("addmm", R(3, 5), m, n, 0, 1); case("addmm", R(3, 5), m, m); case("addmm", R(2, 5), m, n)
case("addmv", R(3), m, R(4), 2, 0.5); case("addr", R(3, 2), R(3), R(2), 0.5, 3); case("baddbmm", R(1, 5), R(2, 3, 4), R(2, 4, 5), 0.5, 2)
case("addbmm", R(3, 5), R(2, 3, 4), R(2, 4, 5), 0.5, 2); case("vdot", R(3, dtype=torch.complex64), R(3, dtype=torch.complex64))
case("linear", R(2, 3, 4), R(5, 4), R(5)); case("linear", R(4), R(5, 4), R(5)); case("linear", R(3, 4), R(5, 4)); case("linear", R(3, 4), R(5, 3)); case("linear", R(3, 4), R(4), R(())); case("linear", R(0, 4), R(5, 4), R(5))
for d in (1, 2, 3):
    x = R(2, 4, *[7, 6, 5][:d])
    k = [3, 2, 2][:d]
    for s, p, dl, g in ((1, 0, 1, 1), (2, 1, 1, 2), (1, 2, 2, 4)):
        case(f"conv{d}d", x, R(4, 4 // g, *k), R(4), [s] * d, [p] * d, [dl] * d, g, tol=1e-4)
        key = "conv_transpose1d" if d == 1 else f"conv_transpose{d}d.input"
        case(key, x, R(4, 4 // g, *k), R(4 // g * g), [s] * d, [p] * d, [s - 1] * d, g, [dl] * d, tol=1e-4)
    case(f"conv{d}d", x[0], R(4, 4, *k), None, [1], [0], [1], 1, tol=1e-4)
    for pad in ("same", "valid"):
        case(f"conv{d}d.padding", x, R(3, 4, *k), R(3), [1] * d, pad, [1] * d, 1, tol=1e-4)
    case(f"conv{d}d", x, R(4, 3, *k)); case(f"conv{d}d", x, R(4, 4, *[9] * d)); case(f"conv{d}d", R(3, 4) if d > 1 else R(3), R(4, 4, *k))
    case(f"conv{d}d", x.double(), R(4, 4, *k))
    kk = [2] * d
    case(f"max_pool{d}d", x, kk); case(f"max_pool{d}d", x, kk, [1] * d, [1] * d, [2] * d, True); case(f"max_pool{d}d_with_indices", x, kk, [2] * d, [1] * d)
    case(f"avg_pool{d}d", x, kk); case(f"avg_pool{d}d", x, [3] * d, [2] * d, [1] * d, True, False); case(f"avg_pool{d}d", x, [3] * d, [2] * d, [1] * d, True, True)
    case(f"adaptive_avg_pool{d}d", x, [3] * d); case(f"adaptive_max_pool{d}d", x, [3] * d); case(f"adaptive_avg_pool{d}d", x[0], [1] * d); case(f"max_pool{d}d", x[0], kk)
    case(f"max_pool{d}d", x, [9] * d); case(f"max_pool{d}d", x, kk, [1] * d, [2] * d)
case("avg_pool2d", R(1, 2, 5, 5), [2, 2], [2, 2], [0, 0], False, True, 3)
case("max_pool2d", torch.tensor([[[1.0, float("nan")], [2.0, 3.0]]]), [2, 2])
x = R(2, 4, 3, 5)
for dt in (torch.float32, torch.float64, torch.float16):
    case("softmax.int", x.to(dt), 1, tol=2e-3 if dt == torch.float16 else 2e-5); case("log_softmax.int", x.to(dt), -1, tol=4e-3 if dt == torch.float16 else 2e-5)
case("softmax.int", x.long(), 1); case("softmax.int", x.long(), 1, torch.float32); case("softmax.int", torch.tensor(3.0), 0); case("softmax.int", x, 4)
w, b, mean, var = R(4), R(4), R(4), torch.rand(4)
case("batch_norm", x, w, b, mean, var, False, 0.1, 1e-5, True); case("batch_norm", x, w, b, mean, var, True, 0.1, 1e-5, True); case("batch_norm", x, None, None, None, None, True, 0.1, 1e-5, True)
case("batch_norm", R(1, 4), w, b, mean, var, False, 0.1, 1e-5, True); case("batch_norm", x, R(3), b, mean, var, False, 0.1, 1e-5, True)
case("layer_norm", x, [5], R(5), R(5)); case("layer_norm", x, [3, 5]); case("layer_norm", x, [4]); case("rms_norm", x, [5], R(5)); case("rms_norm", x, [5], None, 1e-3)
case("group_norm", x, 2, w, b); case("group_norm", x, 3); case("instance_norm", x, w, b, None, None, True, 0.1, 1e-5, True); case("instance_norm", x, None, None, mean, var, False, 0.1, 1e-5, True)
case("native_layer_norm", x, [5], R(5), R(5), 1e-5); case("native_group_norm", x, w, b, 2, 4, 15, 2, 1e-5)
for k in ("dropout", "feature_dropout"):
    case(k, x, 0.3, True); case(k, x, 0.3, False); case(k, x, 1.0, True); case(k, x, 1.5, True)
case("rand", [3]); case("randn", [2, 9]); case("randint", 10, [5]); case("randint.low", 3, 3, [5]); case("randperm", 6); case("bernoulli", torch.rand(5)); case("multinomial", torch.rand(5), 3); case("normal.float_float", 1.0, 2.0, [4])
case("rand_like", m); case("randn_like", m); case("randint_like", m, 5); case("normal.Tensor_float", m, 0.5); case("poisson", torch.rand(5) * 4)
