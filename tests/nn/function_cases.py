"""Calls of torch.nn.functional, init and utils: (name, expression, or statements and a last expression)."""

FUNCTIONS = [
    ("relu", "F.relu(x(3))"),
]

# Functions that the compiler gets, as source of f.
SCRIPTS = [
    ("relu", "def f(x: Tensor):\n    return F.relu(x)"),
]
