"""Wrong uses of torch.nn, whose messages count."""

ERRORS = [
    ("call_without_forward", "nn.Module()(1)"),
]
