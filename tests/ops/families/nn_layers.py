"""Embeddings and recurrent layers."""
W = torch.randn(5, 3)
case("embedding", W, torch.tensor([[0, 2], [4, 1]]))
case("embedding", W.t(), torch.tensor([0, 2, 1]))
case("embedding", W.half(), torch.tensor(3))
case("embedding", W, torch.tensor([5]))
case("embedding", W, torch.tensor([1.0]))
for m in range(3):
    case("embedding_bag", W, torch.tensor([0, 2, 4, 1]), torch.tensor([0, 1, 1]), False, m)
    case("embedding_bag.padding_idx", W, torch.tensor([0, 2, 4, 1]), torch.tensor([0, 2, 4]), False, m, False, None, True, 2)
case("embedding_bag", W, torch.tensor([0, 2, 4, 1]), torch.tensor([0, 2]), False, 0, False, torch.randn(4))
case("one_hot", torch.tensor([[0, 2], [1, 1]]))
case("one_hot", torch.tensor([0, 2]), 5)
case("one_hot", torch.tensor([0, 7]), 5)
case("one_hot", torch.tensor([-1]), 5)
case("one_hot", torch.tensor([1.0]), 5)
I, H, B, T = 3, 4, 2, 5
for cell, g in (("lstm", 4), ("gru", 3), ("rnn_tanh", 1), ("rnn_relu", 1)):
    h = torch.randn(B, H)
    hx = [h, torch.randn(B, H)] if cell == "lstm" else h
    case(f"{cell}_cell", torch.randn(B, I), hx, torch.randn(g * H, I), torch.randn(g * H, H), torch.randn(g * H), torch.randn(g * H))
    case(f"{cell}_cell", torch.randn(B, I), hx, torch.randn(g * H, I), torch.randn(g * H, H))
    for layers, bi, bf, bias in ((1, False, False, True), (2, True, True, True), (2, False, True, False)):
        params, D = [], 2 if bi else 1
        for l in range(layers):
            for d in range(D):
                params += [torch.randn(g * H, I if l == 0 else H * D), torch.randn(g * H, H)]
                if bias:
                    params += [torch.randn(g * H), torch.randn(g * H)]
        h0 = torch.randn(layers * D, B, H)
        hx = [h0, torch.randn(layers * D, B, H)] if cell == "lstm" else h0
        x = torch.randn(B, T, I) if bf else torch.randn(T, B, I)
        case(f"{cell}.input", x, hx, params, bias, layers, 0.0, False, bi, bf)
        case(f"{cell}.data", torch.randn(7, I), torch.tensor([2, 2, 2, 1]), hx, params, bias, layers, 0.0, False, bi)
        case(f"{cell}.input", x, hx, params, bias, layers, 0.5, True, bi, bf)
case("lstm.input", torch.randn(T, B, I), [torch.randn(1, B, 2), torch.randn(1, B, H)],
     [torch.randn(4 * H, I), torch.randn(4 * H, 2), torch.randn(4 * H), torch.randn(4 * H), torch.randn(2, H)], True, 1, 0.0, False, False, False)
