"""Whether operations are recorded, gradients asked for where there are none, and what derivatives call."""
x = torch.arange(24.0).reshape(1, 2, 3, 4)
c = torch.complex(torch.tensor([1.0, -2.0]), torch.tensor([0.5, 3.0]))
case("is_grad_enabled")
case("set_grad_enabled", True)
case("backward", torch.tensor(1.0))
case("backward", torch.tensor([1.0, 2.0]), torch.tensor([1.0, 1.0]))
case("backward.TensorList", [torch.tensor(1.0)])
case("grad", [torch.tensor(1.0)], [torch.tensor(2.0)])
case("_conj", c)
case("_conj", x)
for size in ([2, 2], [3, 1], [1, 4]):
    case("_adaptive_avg_pool2d", x, size)
    case("_adaptive_avg_pool2d", x[0], size)
for size in ([1, 2, 2], [2, 3, 4], [1, 1, 1]):
    case("_adaptive_avg_pool3d", x, size)
