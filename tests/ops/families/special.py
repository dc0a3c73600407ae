"""Special functions."""
d = torch.float64
x = torch.tensor([-40.0, -6.5, -2.3, -1.0, -0.2, 0.0, 0.3, 1.0, 2.7, 6.0, 35.0], dtype=d)
p = torch.tensor([0.001, 0.2, 0.5, 0.9, 0.999], dtype=d)
q = torch.tensor([0.1, 0.5, 1.0, 2.3, 7.7, 30.0], dtype=d)
for k in ("entr", "ndtr", "log_ndtr", "i0e", "i1", "i1e", "modified_bessel_i0"):
    case("special_" + k, x)
    case("special_" + k, torch.randn(5))
case("special_erfcx", x[1:])
case("special_erfcx", torch.tensor([3, 7]))
case("special_ndtri", p)
case("special_xlogy", x, q[:1]); case("special_xlogy.other_scalar", x, 2.0); case("special_xlogy.self_scalar", 0, q)
case("special_xlog1py", q, p[:1]); case("special_xlog1py", torch.tensor([0.0, 0.0]), torch.tensor([-1.0, float("nan")]))
case("special_zeta", torch.tensor([1.0, 2.0, 3.5, 9.0, 0.5], dtype=d), q[:5]); case("special_zeta.self_scalar", 2.0, q)
for a in (0.1, 1.0, 5.5, 40.0):
    case("igamma", torch.full((6,), a, dtype=d), q)
    case("igammac", torch.full((6,), a, dtype=d), q)
case("igamma", torch.tensor([0.0, -1.0, 2.0]), torch.tensor([1.0, 1.0, float("inf")]))
case("mvlgamma", q + 2, 3); case("mvlgamma", q, 0)
for n in range(4):
    case("polygamma", n, q)
case("polygamma", -1, q)
case("kaiser_window", 6); case("kaiser_window.periodic", 6, False); case("kaiser_window.beta", 1, True, 3.0); case("kaiser_window.beta", 5, False, 8.6)
# Orthogonal polynomials with a number for either operand.
p = torch.tensor([-1.5, -1.0, -0.3, 0.0, 0.7, 1.0, 2.0])
k = torch.tensor([0, 1, 2, 5, 9, -1, 3])
for name in ("chebyshev_polynomial_t", "chebyshev_polynomial_u", "chebyshev_polynomial_v", "chebyshev_polynomial_w",
             "shifted_chebyshev_polynomial_t", "shifted_chebyshev_polynomial_u", "shifted_chebyshev_polynomial_v",
             "shifted_chebyshev_polynomial_w", "hermite_polynomial_h", "hermite_polynomial_he", "laguerre_polynomial_l",
             "legendre_polynomial_p"):
    case(f"special_{name}", p, k)
    case(f"special_{name}.x_scalar", 0.4, k)
    case(f"special_{name}.n_scalar", p, 3)
