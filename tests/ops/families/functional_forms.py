"""Copies with a view written, and operators with two results."""
x = torch.randn(3, 4)
case("select_scatter", x, torch.ones(4), 0, 1); case("select_scatter", x, torch.ones(3), 0, 1)
case("slice_scatter", x, torch.zeros(3, 2), 1, 0, 4, 2); case("diagonal_scatter", x, torch.zeros(3))
case("linalg_diagonal", torch.randn(2, 3, 4)); case("sum_to_size", torch.randn(2, 3, 4), [3, 1]); case("sum_to_size", x, [2])
for k in ("var_mean", "std_mean"):
    case(k, x); case(k, x, False); case(k + ".dim", x, [1]); case(k + ".dim", x, [0], False, True)
case("native_dropout", x, 0.4, True); case("native_dropout", x, 0.4, False)
case("norm_except_dim", x); case("norm_except_dim", x, 2, 1); case("norm_except_dim", torch.randn(3, 2, 2), 2, 0); case("_shape_as_tensor", x)
s, w = torch.randn(2, 30), torch.hann_window(8)
c = torch.stft(s, 8, 3, window=w, return_complex=True)
case("istft", c, 8, 3, 8, w); case("istft", c, 8, 3, 8, w, True, False, None, 25); case("istft", torch.stft(s, 8, normalized=True, onesided=False, return_complex=True), 8, None, None, None, True, True, False)
