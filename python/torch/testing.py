"""assert_close: comparison of tensors, numbers and containers of them, with PyTorch's messages."""

import cmath
from collections.abc import Mapping, Sequence

import torch

__all__ = ["assert_close", "assert_allclose"]

# (rtol, atol) of a dtype where none are given; other dtypes compare exactly.
_DTYPE_PRECISIONS = {
    torch.float16: (0.001, 1e-5),
    torch.bfloat16: (0.016, 1e-5),
    torch.float32: (1.3e-6, 1e-5),
    torch.float64: (1e-7, 1e-7),
    torch.complex64: (1.3e-6, 1e-5),
    torch.complex128: (1e-7, 1e-7),
}
_NUMBER_DTYPES = {bool: torch.bool, int: torch.int64, float: torch.float64, complex: torch.complex128}


class _Options:
    """The arguments of assert_close that every comparison uses."""

    def __init__(self, rtol, atol, equal_nan, check_device, check_dtype, check_layout, check_stride, msg):
        self.rtol = rtol
        self.atol = atol
        self.equal_nan = equal_nan
        self.check_device = check_device
        self.check_dtype = check_dtype
        self.check_layout = check_layout
        self.check_stride = check_stride
        self.msg = msg

    def tolerances(self, *dtypes):
        if self.rtol is not None:
            return self.rtol, self.atol
        precisions = [_DTYPE_PRECISIONS.get(dtype, (0.0, 0.0)) for dtype in dtypes]
        return max(p[0] for p in precisions), max(p[1] for p in precisions)


def _fail(options, path, text, error=AssertionError):
    if options.msg is not None:
        text = options.msg(text) if callable(options.msg) else options.msg
    if path:
        text += "\n\nThe failure occurred for item " + "".join(f"[{item!r}]" for item in path)
    raise error(text)


def _scalar_message(subject, actual, expected, rtol, atol):
    absolute = abs(actual - expected)
    relative = float("inf") if expected == 0 else absolute / abs(expected)
    equality = rtol == 0 and atol == 0
    allowed = ("", "") if equality else (f" (up to {atol} allowed)", f" (up to {rtol} allowed)")
    return (
        f"{subject} are not {'equal' if equality else 'close'}!\n\n"
        f"Expected {expected} but got {actual}.\n"
        f"Absolute difference: {absolute}{allowed[0]}\n"
        f"Relative difference: {relative}{allowed[1]}"
    )


def _tensor_message(subject, actual, expected, matches, rtol, atol):
    total = matches.numel()
    mismatches = total - int(torch.sum(matches))
    shape = matches.shape
    matches = matches.flatten()
    actual, expected = actual.flatten(), expected.flatten()
    if not actual.dtype.is_floating_point and not actual.dtype.is_complex:
        # Differences of small and unsigned integers need room.
        actual, expected = actual.to(torch.int64), expected.to(torch.int64)

    abs_diff = torch.abs(actual - expected)
    abs_diff[matches] = 0
    max_abs, abs_index = torch.max(abs_diff, 0)
    rel_diff = abs_diff / torch.abs(expected)
    rel_diff[matches] = 0
    max_rel, rel_index = torch.max(rel_diff, 0)

    equality = rtol == 0 and atol == 0
    allowed = ("", "") if equality else (f" (up to {atol} allowed)", f" (up to {rtol} allowed)")
    return (
        f"{subject} are not {'equal' if equality else 'close'}!\n\n"
        f"Mismatched elements: {mismatches} / {total} ({mismatches / total:.1%})\n"
        f"Greatest absolute difference: {max_abs.item()} at index {_unravel(abs_index, shape)}{allowed[0]}\n"
        f"Greatest relative difference: {max_rel.item()} at index {_unravel(rel_index, shape)}{allowed[1]}"
    )


def _unravel(flat_index, shape):
    index = int(flat_index)
    inverse = []
    for size in shape[::-1]:
        index, place = divmod(index, size)
        inverse.append(place)
    return tuple(inverse[::-1])


def _compare_numbers(actual, expected, options, path):
    if options.check_dtype and type(actual) is not type(expected):
        _fail(options, path, f"The (d)types do not match: {type(actual)} != {type(expected)}.")
    rtol, atol = options.tolerances(_NUMBER_DTYPES[type(actual)], _NUMBER_DTYPES[type(expected)])
    if actual == expected:
        return
    if options.equal_nan and cmath.isnan(actual) and cmath.isnan(expected):
        return
    difference = abs(actual - expected)
    if cmath.isfinite(difference) and difference <= atol + rtol * abs(expected):
        return
    _fail(options, path, _scalar_message("Scalars", actual, expected, rtol, atol))


def _compare_tensors(actual, expected, options, path):
    def attribute(name, actual_value, expected_value):
        _fail(
            options,
            path,
            f"The values for attribute '{name}' do not match: {actual_value} != {expected_value}.",
        )

    if actual.shape != expected.shape:
        attribute("shape", actual.shape, expected.shape)
    if options.check_layout and actual.layout != expected.layout:
        attribute("layout", actual.layout, expected.layout)
    if options.check_stride and actual.stride() != expected.stride():
        attribute("stride()", actual.stride(), expected.stride())
    if options.check_device and actual.device != expected.device:
        attribute("device", actual.device, expected.device)
    if options.check_dtype and actual.dtype != expected.dtype:
        attribute("dtype", actual.dtype, expected.dtype)

    rtol, atol = options.tolerances(actual.dtype, expected.dtype)
    actual, expected = actual.detach(), expected.detach()
    if actual.device != expected.device:
        actual, expected = actual.cpu(), expected.cpu()
    if actual.dtype != expected.dtype:
        dtype = torch.promote_types(actual.dtype, expected.dtype)
        actual, expected = actual.to(dtype), expected.to(dtype)

    matches = torch.isclose(actual, expected, rtol=rtol, atol=atol, equal_nan=options.equal_nan)
    if torch.all(matches):
        return
    if actual.shape == torch.Size([]):
        _fail(options, path, _scalar_message("Scalars", actual.item(), expected.item(), rtol, atol))
    _fail(options, path, _tensor_message("Tensor-likes", actual, expected, matches, rtol, atol))


def _compare(actual, expected, options, path):
    both_sequences = isinstance(actual, Sequence) and isinstance(expected, Sequence)
    if both_sequences and not isinstance(actual, str) and not isinstance(expected, str):
        if len(actual) != len(expected):
            _fail(options, path, f"The length of the sequences mismatch: {len(actual)} != {len(expected)}")
        for idx in range(len(actual)):
            _compare(actual[idx], expected[idx], options, [*path, idx])
        return
    if isinstance(actual, Mapping) and isinstance(expected, Mapping):
        missing = expected.keys() - actual.keys()
        additional = actual.keys() - expected.keys()
        if missing or additional:
            _fail(
                options,
                path,
                "The keys of the mappings do not match:\n"
                f"Missing keys in the actual mapping: {sorted(missing)}\n"
                f"Additional keys in the actual mapping: {sorted(additional)}",
            )
        for key in _sorted_if_possible(expected.keys()):
            _compare(actual[key], expected[key], options, [*path, key])
        return
    if actual is None or expected is None:
        if actual is not expected:
            _fail(options, path, f"None mismatch: {actual} is not {expected}")
        return
    if isinstance(actual, bool) and isinstance(expected, bool):
        if actual is not expected:
            _fail(options, path, f"Booleans mismatch: {actual} is not {expected}")
        return
    if isinstance(actual, (int, float, complex)) and isinstance(expected, (int, float, complex)):
        _compare_numbers(actual, expected, options, path)
        return
    if isinstance(actual, torch.Tensor) and isinstance(expected, torch.Tensor):
        _compare_tensors(actual, expected, options, path)
        return
    _fail(
        _Options(*[None] * 8),
        path,
        f"No comparison pair was able to handle inputs of type {type(actual)} and {type(expected)}.",
        TypeError,
    )


def _sorted_if_possible(keys):
    try:
        return sorted(keys)
    except TypeError:
        return list(keys)


def assert_close(
    actual,
    expected,
    *,
    allow_subclasses=True,
    rtol=None,
    atol=None,
    equal_nan=False,
    check_device=True,
    check_dtype=True,
    check_layout=True,
    check_stride=False,
    msg=None,
):
    """Raises AssertionError unless |actual - expected| <= atol + rtol * |expected| everywhere.

    actual and expected: tensors, numbers, None, or sequences and mappings of them. Tolerances not given
    follow from the dtypes. msg replaces the message, or makes one of it when callable.
    """
    if (rtol is None) != (atol is None):
        raise ValueError(
            "Both 'rtol' and 'atol' must be either specified or omitted, "
            f"but got no {'rtol' if rtol is None else 'atol'}."
        )
    options = _Options(rtol, atol, equal_nan, check_device, check_dtype, check_layout, check_stride, msg)
    _compare(actual, expected, options, [])


def assert_allclose(actual, expected, rtol=None, atol=None, equal_nan=True, msg=""):
    """The old form of assert_close, which converts what it gets to tensors."""
    if not isinstance(actual, torch.Tensor):
        actual = torch.tensor(actual)
    if not isinstance(expected, torch.Tensor):
        expected = torch.tensor(expected, dtype=actual.dtype)
    assert_close(
        actual,
        expected,
        rtol=rtol,
        atol=atol,
        equal_nan=equal_nan,
        check_device=True,
        check_dtype=False,
        check_stride=False,
        msg=msg or None,
    )


def __getattr__(name):
    if name == "make_tensor":
        raise NotImplementedError("torch.testing.make_tensor is not implemented; use torch.rand or torch.randint")
    raise AttributeError(f"module '{__name__}' has no attribute '{name}'")
