"""Which of equal elements an operator takes, norms that refuse, and factors in the older spelling."""
torch.manual_seed(3)
for n in (2, 5, 16, 17, 40, 130):
    for values in (1, 2, 5):
        row = torch.randint(0, values, (n,))
        real = row.float()
        real[n // 2] = float("nan")
        for t in (row, real):
            case("topk", t, max(n // 3, 1), 0, True, True)
            case("topk", t, max(n // 3, 1), 0, False, True)
            case("topk", t, 1, 0, True, False)
            case("kthvalue", t, n // 2 + 1, 0, False)
            case("sort", t, 0, False)
            case("sort", t, 0, True)
            case("argsort.stable", t, True)
            case("median.dim", t, 0, False)
            case("nanmedian.dim", real, 0, True)
            case("mode", t, 0, True)
w = torch.tensor([[3.0, -1.0], [0.5, 2.0]])
for order in (2, float("inf"), -1, 0.5, 0):
    case("linalg_vector_norm", w, order, [0], True)
    case("linalg_vector_norm", torch.zeros(2, 0), order)
    case("linalg_vector_norm", torch.zeros(2, 0), order, [1])
    case("linalg_vector_norm", torch.zeros(0, 2), order, [1])
case("linalg_vector_norm", w.long(), 2)
case("linalg_vector_norm", w, 2, None, False, torch.int64)
case("linalg_vector_norm", w, 2, None, False, torch.float16)
case("linalg_vector_norm", w, 2, None, False, torch.float64)
case("linalg_vector_norm", w, 2, None, False, torch.complex64)
case("linalg_vector_norm", w.to(torch.complex64), 2, None, False, torch.float32)
for dims in ([0], [0, 1, 2], [0, 0], [0, 5]):
    case("linalg_matrix_norm", w, 2, dims)
case("linalg_matrix_norm", w[0], 2)
case("linalg_matrix_norm", w.long(), 2)
case("linalg_matrix_norm", w, 7)
case("linalg_matrix_norm", torch.zeros(0, 0), 1)
case("linalg_matrix_norm", torch.zeros(0, 0), -2)
case("linalg_matrix_norm", w.half(), 1, tol=2e-3)
case("linalg_matrix_norm", w.half(), 2)
case("_lu_with_info", w)
case("_lu_with_info", torch.ones(2, 2), True, True)
case("_lu_with_info", torch.ones(2, 2), True, False)
case("is_autocast_enabled")
case("is_autocast_cpu_enabled")
# What complex tensors are refused for, and what finds one element among none.
z = torch.tensor([[1 + 2j, 3 - 4j], [2j, 1 + 0j]])
for name in ("sort", "argsort", "max", "min", "argmax", "amax", "aminmax", "median", "mode", "floor", "ceil", "trunc", "frac", "sign",
             "lgamma", "digamma", "erf", "erfinv", "relu", "gelu", "elu", "selu", "softplus", "mish", "i0", "hardsigmoid",
             "hardswish", "hardtanh", "signbit", "isposinf", "deg2rad", "log_sigmoid", "round", "msort", "nansum",
             "histc", "bincount", "unique_consecutive", "erf_", "floor_", "softshrink"):
    case(name, z)
for name in ("lt", "ge", "remainder", "fmod", "bitwise_and"):
    case(f"{name}.Tensor", z, z)
for name in ("maximum", "fmin", "atan2", "hypot", "nextafter", "gcd", "heaviside", "floor_divide", "igamma"):
    case(name, z, z)
case("max.dim", z, 0, False)
case("median.dim", z, 0, False)
case("topk", z, 1)
case("clamp", z, 0, 1)
case("clamp_min", z, 0)
case("mse_loss", z, z)
case("avg_pool2d", z.reshape(1, 1, 2, 2), [2, 2])
for name in ("median", "max", "argmax", "argmin", "median.dim 0", "mode 0", "argmax 0", "kthvalue 1"):
    key, *rest = name.split()
    for empty in (torch.empty(0), torch.empty(0, dtype=torch.int32), torch.empty(2, 0)):
        case(key, empty, *[int(r) for r in rest])
# Matrices whose eigenvectors leave no choice but the sign, which the values below fix.
for m in ([[2.0, 1.0], [1.0, 3.0]], [[0.0, 1.0], [-1.0, 0.0]], [[1.0, 0.0], [2.0, 3.0]], [[1.0, 2.0], [0.0, 3.0]],
          [[4.0, 1.0, 0.0], [1.0, 3.0, 1.0], [0.0, 1.0, 2.0]], [[2.0]], [[0.0, 0.0], [0.0, 0.0]]):
    case("linalg_eig", torch.tensor(m), tol=1e-4)
    case("linalg_eigvals", torch.tensor(m, dtype=torch.float64))
case("linalg_eigvals", torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0], [7.0, 8.0, 10.0]], dtype=torch.float64))
case("linalg_eigvals", torch.ones(2, 3))
# Refusals of convolutions and pools, and numbers that become integers among integers.
q = torch.arange(16.0).reshape(1, 2, 8)
kernel = torch.ones(2, 2, 3)
for args in (([0], [0], [1], 1), ([1], [-1], [1], 1), ([1], [0], [0], 1), ([1], [0], [1], 0), ([1], [0], [1], 3)):
    case("conv1d", q, kernel, None, *args)
case("max_pool1d", q, [0])
case("max_pool1d", q, [2], [0])
case("max_pool1d", q[0, 0], [2])
case("avg_pool1d", q, [2], [1], [-1])
case("adaptive_avg_pool2d", q[None], [2, 2, 2])
case("adaptive_max_pool2d", q[None], [-1, 2])
case("prelu", q, torch.ones(3))
case("prelu", q, torch.ones(2) * 0.5)
case("prelu", torch.tensor(-2.0), torch.tensor([0.5]))
case("prelu", q, torch.ones(2, 2))
case("index_add", torch.arange(6).reshape(2, 3), 0, torch.tensor([1]), torch.ones(1, 3, dtype=torch.int64), 2.9)
case("addcmul", z, z, z, 0.5 + 1j)
case("addcdiv", z, z, z, 2.0)
case("hann_window", -1)
case("isclose", q, q, -0.5)
for mode in range(4):
    case("_pad_enum", q, [1, 2], mode)
case("fft_fft", torch.tensor(1.0))
case("diff", q, -1)
# Windows at random places, and a convolution with time first.
plane = torch.arange(2 * 3 * 7 * 9.0).reshape(2, 3, 7, 9).sin()
case("fractional_max_pool2d", plane, [2, 3], [4, 5], torch.rand(2, 3, 2))
case("fractional_max_pool2d", plane[0], [3, 3], [5, 7], torch.rand(1, 3, 2))
case("fractional_max_pool2d", plane.double(), [2, 2], [1, 1], torch.rand(2, 3, 2).double())
case("fractional_max_pool2d", plane, [4, 3], [5, 5], torch.rand(2, 3, 2))
case("fractional_max_pool3d", plane[None].reshape(1, 2, 3, 7, 9), [2, 2, 3], [2, 4, 5], torch.rand(1, 2, 3))
case("fractional_max_pool3d", plane[None].reshape(1, 2, 3, 7, 9), [2, 2, 3], [1, 4, 5], torch.rand(1, 2, 3))
case("conv_tbc", plane[0].reshape(7, 3, 9), torch.ones(3, 9, 2) * 0.25, torch.tensor([1.0, -1.0]), 1)
case("conv_tbc", plane[0], torch.ones(3, 9, 2), torch.ones(3))
