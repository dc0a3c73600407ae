"""nn.AdaptiveLogSoftmaxWithLoss."""
import torch
import torch.nn as nn

torch.manual_seed(0)
m = nn.AdaptiveLogSoftmaxWithLoss(8, 20, [4, 10, 15], div_value=2.0)
print(m)
x = torch.randn(6, 8)
with torch.no_grad():
    out = m(x, torch.tensor([0, 3, 5, 12, 19, 1]))
    print(out.output, out.loss)
    print(m.log_prob(x).exp().sum(1))
    print(m.predict(x))
    one = m(x[0], torch.tensor(7))
    print(one.output.shape, one)
for bad in (lambda: m(x, torch.tensor([0, 1])), lambda: m(x, torch.tensor([0, 3, 5, 12, 20, 1])),
            lambda: m(x[0], torch.tensor([[1]])), lambda: nn.AdaptiveLogSoftmaxWithLoss(4, 8, []),
            lambda: nn.AdaptiveLogSoftmaxWithLoss(4, 8, [4, 2])):
    try:
        bad()
    except (RuntimeError, ValueError) as e:
        print(type(e).__name__, e)
print([n for n, _ in m.named_parameters()])
m.reset_parameters()
