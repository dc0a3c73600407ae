"""Packed and padded sequences, runs, combining scatters."""
x = torch.randn(4, 3, 2)
case("_pack_padded_sequence", x, torch.tensor([4, 2, 1]), False)
case("_pack_padded_sequence", x, torch.tensor([3, 3, 2, 1]), True)
case("_pack_padded_sequence", x, torch.tensor([1, 2, 1]), False)
case("_pack_padded_sequence", x, torch.tensor([3, 2, 0]), False)
case("_pack_padded_sequence", x, torch.tensor([3, 2]), False)
for bf in (False, True):
    case("_pad_packed_sequence", torch.randn(7, 2), torch.tensor([3, 2, 1, 1]), bf, 0.5, 0)
    case("_pad_packed_sequence", torch.randn(7), torch.tensor([3, 2, 1, 1]), bf, 0.0, 6)
    for side in ("left", "right"):
        case("pad_sequence", [torch.randn(2, 3), torch.randn(4, 3), torch.randn(1, 3)], bf, 1.5, side)
case("_pad_packed_sequence", torch.randn(7), torch.tensor([3, 2, 1, 1]), True, 0.0, 2)
u = torch.tensor([[1, 1, 2], [2, 3, 3]])
case("unique_consecutive", u)
case("unique_consecutive", u, True, True)
case("unique_consecutive", torch.tensor([[1.0, 1.0, 2.0], [2.0, 2.0, 3.0]]), True, True, 1)
i = torch.tensor([[0, 2, 0, 2], [1, 1, 2, 0]])
for r in ("sum", "prod", "mean", "amax", "amin"):
    for s in (True, False):
        case("scatter_reduce.two", torch.randn(3, 4), 0, i, torch.randn(2, 5), r, s)
        case("scatter_reduce.two", torch.arange(12).reshape(3, 4), 1, i, torch.arange(8).reshape(2, 4), r, s)
        if r != "sum":
            case("index_reduce", torch.randn(3, 4), 1, torch.tensor([0, 2, 2]), torch.randn(3, 3), r, s)
case("scatter_reduce.two", torch.randn(3, 4), 0, i + 9, torch.randn(2, 4), "sum")
case("put", torch.arange(6.0).reshape(2, 3), torch.tensor([0, -1, 0]), torch.tensor([9.0, 8.0, 7.0]))
case("put", torch.arange(6.0).reshape(2, 3), torch.tensor([0, -1, 0]), torch.tensor([9.0, 8.0, 7.0]), True)
case("put", torch.arange(6.0), torch.tensor([7]), torch.tensor([9.0]))
y = torch.tensor([[2, 1, 2], [0, 5, 0]])
case("unique_dim", y, 1, True, True, True)
case("unique_dim", torch.tensor([[2.0, 1.0], [0.0, 5.0], [2.0, 1.0]]), 0, True, True, True)
