"""Attention, padding, resizing, sampling, and shuffles; with pooling, convolution, normalisation."""
q, k, v = torch.randn(2, 4, 3, 8), torch.randn(2, 4, 5, 8), torch.randn(2, 4, 5, 6)
sd = "scaled_dot_product_attention"
case(sd, q, k, v)
case(sd, q, k, v, None, 0.0, True)
m = torch.rand(3, 5) > 0.4
m[1] = False
case(sd, q, k, v, m)
case(sd, q, k, v, torch.randn(2, 1, 3, 5), 0.0, False, 0.3)
case(sd, q, k[:, :2], v[:, :2], None, 0.0, False, None, True)
case(sd, q[0, 0], k[0, 0], v[0, 0])
case(sd, q, k, v, torch.ones(3, 5, dtype=torch.bool), 0.0, True)
D = 8
x = torch.randn(2, 5, D)
P = [torch.randn(3 * D, D) / 3, torch.randn(3 * D), torch.randn(D, D) / 3, torch.randn(D)]
pad = torch.tensor([[False] * 5, [False] * 3 + [True] * 2])
case("_native_multi_head_attention", x, x, x, D, 2, *P)
case("_native_multi_head_attention", x, x, x, D, 2, *P, pad, True, False, 1)
case("_native_multi_head_attention", x, x, x, D, 2, *P, torch.triu(torch.ones(5, 5, dtype=torch.bool), 1), True, True, 0)
F = [torch.randn(D) for _ in range(4)] + [torch.randn(16, D) / 3, torch.randn(16), torch.randn(D, 16) / 4, torch.randn(D)]
for gelu, first in ((True, False), (False, True)):
    case("_transformer_encoder_layer_fwd", x, D, 2, *P, gelu, first, 1e-5, *F)
    case("_transformer_encoder_layer_fwd", x, D, 2, *P, gelu, first, 1e-5, *F, pad, 1)
i = torch.randn(2, 3, 4, 5)
case("pad", i, [1, 2])
case("pad", i, [1, 2, -1, 3], "constant", 1.5)
case("pad", i.long(), [1, 2, 0, 1, 2, 0], "constant", 3.0)
case("constant_pad_nd", i, [-3, -3], 0)
case("constant_pad_nd", i, [1], 0)
case("constant_pad_nd", i[0, 0, 0], [1, 2, 3, 4], 0)
for mode in ("reflect", "replicate", "circular"):
    case("pad", i, [1, 2, 3, 0], mode)
    case("pad", i[0], [2, 1], mode)
    case("pad", i[0], [2, 1, 1, 1], mode)
    case("pad", i, [1, 2, 3, 0, 1, 1], mode)
    case("pad", i[None], [1, 2, 3, 0, 1, 1], mode)
    case("pad", i, [9, 9, 0, 0], mode)
    case("pad", i[0, 0, 0], [1, 1], mode)
    case("pad", i, [1, 1], mode, 2.0)
case("reflection_pad2d", i, [1, 1, 4, 0])
case("reflection_pad1d", i[0], [5, 1])
case("reflection_pad3d", i, [1, 1, 1, 1, 3, 0])
case("replication_pad1d", i[0], [2, -1])
case("pad", i, [1, 1], "mirror")
for name, d in (("1d", 1), ("2d", 2), ("3d", 3)):
    t = torch.randn(1, 2, *range(3, 3 + d))
    lin = ["upsample_linear1d", "upsample_bilinear2d", "upsample_trilinear3d"][d - 1]
    for out in (list(range(5, 5 + d)), [2] * d):
        case("upsample_nearest" + name, t, out)
        case("_upsample_nearest_exact" + name, t, out)
        for a in (False, True):
            case(lin, t, out, a)
            if d == 2:
                case("upsample_bicubic2d", t, out, a)
                case("_upsample_bilinear2d_aa", t, out, a)
                case("_upsample_bicubic2d_aa", t, out, a)
    for f in (2.0, 1.7, 0.6):
        case("upsample_nearest" + name + ".vec", t, None, [f] * d)
        case(lin + ".vec", t, None, False, [f] * d)
        case(lin + ".vec", t, None, True, [f] * d)
case("upsample_nearest2d", i[0], [2, 2])
case("upsample_bilinear2d", i, [0, 2], False)
case("pixel_shuffle", torch.randn(2, 8, 3, 2), 2)
case("pixel_shuffle", torch.randn(2, 7, 3, 2), 2)
case("pixel_unshuffle", torch.randn(8, 4, 6), 2)
case("pixel_unshuffle", torch.randn(8, 4, 5), 2)
case("channel_shuffle", torch.randn(2, 6, 3, 2), 3)
case("channel_shuffle", torch.randn(2, 5, 3, 2), 3)
g = torch.randn(2, 3, 2, 2)
for mode in range(3):
    for padding in range(3):
        for a in (False, True):
            case("grid_sampler", i, g, mode, padding, a, tol=1e-4)
            if mode < 2:
                case("grid_sampler", torch.randn(1, 2, 3, 4, 2), torch.randn(1, 2, 3, 2, 3), mode, padding, a, tol=1e-4)
for a in (False, True):
    case("affine_grid_generator", torch.randn(2, 2, 3), [2, 1, 3, 4], a)
    case("affine_grid_generator", torch.randn(1, 3, 4), [1, 1, 2, 3, 2], a)
case("im2col", i, [2, 3], [1, 1], [1, 0], [1, 2])
case("im2col", i[0], [2, 2], [2, 1], [0, 0], [1, 1])
case("im2col", i, [7, 7], [1, 1], [0, 0], [1, 1])
case("col2im", torch.randn(2, 12, 12), [4, 5], [2, 2], [1, 1], [0, 0], [1, 1])
case("col2im", torch.randn(2, 12, 12), [5, 5], [2, 2], [1, 1], [0, 0], [1, 1])
