"""Storages: the bytes behind tensors, with and without an element type."""

import io

import torch
from torch._C import UntypedStorage

__all__ = ["UntypedStorage", "TypedStorage"]

_DTYPES = {
    "DoubleStorage": torch.float64,
    "FloatStorage": torch.float32,
    "HalfStorage": torch.float16,
    "LongStorage": torch.int64,
    "IntStorage": torch.int32,
    "ShortStorage": torch.int16,
    "CharStorage": torch.int8,
    "ByteStorage": torch.uint8,
    "BoolStorage": torch.bool,
    "BFloat16Storage": torch.bfloat16,
    "ComplexDoubleStorage": torch.complex128,
    "ComplexFloatStorage": torch.complex64,
}
_NAMES = {dtype: name for name, dtype in _DTYPES.items()}


def _reduce(self):
    """Generic pickles hold a storage as the file that torch.save would write."""
    b = io.BytesIO()
    torch.save(self, b, _use_new_zipfile_serialization=False)
    return (_load_from_bytes, (b.getvalue(),))


def _load_from_bytes(b):
    return torch.load(io.BytesIO(b), weights_only=False)


class TypedStorage:
    """A storage with an element type."""

    def __init__(self, *args, wrap_storage=None, dtype=None, device=None, _internal=False):
        self.dtype = dtype if dtype is not None else getattr(type(self), "_dtype", None) or torch.get_default_dtype()
        if wrap_storage is not None:
            self._untyped_storage = wrap_storage
        elif args and isinstance(args[0], (list, tuple)):
            self._untyped_storage = torch.tensor(list(args[0]), dtype=self.dtype).untyped_storage()
        else:
            self._untyped_storage = UntypedStorage((args[0] if args else 0) * self.dtype.itemsize)

    @property
    def device(self):
        return self._untyped_storage.device

    @property
    def is_cuda(self):
        return False

    def untyped(self):
        return self._untyped_storage

    def _tensor(self):
        n = self._size()
        return torch._C._tensor_over(self._untyped_storage, self.dtype, 0, (n,), (1,))

    def _size(self):
        return self._untyped_storage.nbytes() // self.dtype.itemsize

    size = __len__ = _size

    def nbytes(self):
        return self._untyped_storage.nbytes()

    def element_size(self):
        return self.dtype.itemsize

    def data_ptr(self):
        return self._untyped_storage.data_ptr()

    def tolist(self):
        return self._tensor().tolist()

    def __iter__(self):
        return iter(self.tolist())

    def __getitem__(self, i):
        if isinstance(i, slice):
            raise RuntimeError("slices are only supported in UntypedStorage.__getitem__")
        return self._tensor()[i].item()

    def __setitem__(self, i, v):
        self._tensor()[i] = v

    def fill_(self, value):
        self._tensor().fill_(value)
        return self

    def copy_(self, source, non_blocking=None):
        self._tensor().copy_(source._tensor())
        return self

    def resize_(self, size):
        self._untyped_storage.resize_(size * self.dtype.itemsize)

    def clone(self):
        return TypedStorage(wrap_storage=self._untyped_storage.clone(), dtype=self.dtype)

    def type(self, dtype=None, non_blocking=False):
        if dtype is None:
            return "torch." + self._pickle_storage_type()
        raise NotImplementedError("TypedStorage.type with a dtype")

    def cpu(self):
        return self

    def _pickle_storage_type(self):
        return _NAMES[self.dtype]

    def __eq__(self, other):
        return isinstance(other, TypedStorage) and self._untyped_storage is other._untyped_storage and self.dtype == other.dtype

    def __hash__(self):
        return hash(id(self._untyped_storage))

    def __repr__(self):
        lines = "".join(f" {v}\n" for v in self.tolist())
        kind = f"torch.storage.TypedStorage(dtype={self.dtype}, device={self.device})"
        return f"{lines}[{kind} of size {len(self)}]"

    def __reduce__(self):
        return _reduce(self)


def _legacy_class(name, dtype):
    cls = type(name, (TypedStorage,), {"_dtype": dtype, "dtype": dtype, "__module__": "torch"})
    # What such a class makes is a TypedStorage.
    cls.__new__ = lambda c, *args, **kwargs: TypedStorage(*args, dtype=dtype, **kwargs)
    return cls


_classes = {name: _legacy_class(name, dtype) for name, dtype in _DTYPES.items()}


def __getattr__(name):
    if name in _classes:
        return _classes[name]
    raise AttributeError(f"module 'torch.storage' has no attribute '{name}'")
