"""torch.save and torch.load."""

import io
import os
import pickle
from contextlib import contextmanager

import torch
import torch._weights_only_unpickler as _restricted
from torch._C import _archives

DEFAULT_PROTOCOL = 2
MAGIC_NUMBER = 0x1950A86A20F9469CFC6C
PROTOCOL_VERSION = 1001
STORAGE_KEY_SEPARATOR = ","
_TYPE_SIZES = {"short": 2, "int": 4, "long": 4}

_CHANGED_DEFAULT = (
    "In PyTorch 2.6, we changed the default value of the `weights_only` argument in `torch.load` "
    "from `False` to `True`. Re-running `torch.load` with `weights_only` set to `False` will likely succeed, "
    "but it can result in arbitrary code execution. Do it only if you got the file from a trusted source."
)
_LEARN_MORE = (
    "\n\nCheck the documentation of torch.load to learn more about types accepted by default with weights_only "
    "https://pytorch.org/docs/stable/generated/torch.load.html."
)


def _weights_only_message(message):
    if "was not an allowed global by default" in message or "is blocked" in message:
        return (
            "Weights only load failed. This file can still be loaded, to do so you have two options, "
            "\033[1mdo those steps only if you trust the source of the checkpoint\033[0m. \n"
            f"\t(1) {_CHANGED_DEFAULT}\n"
            "\t(2) Alternatively, to load with `weights_only=True` please check the recommended steps in the following "
            f"error message.\n\tWeightsUnpickler error: {message}{_LEARN_MORE}"
        )
    return (
        f"Weights only load failed. {_CHANGED_DEFAULT}\nPlease file an issue with the following so that we can make "
        f"`weights_only=True` compatible with your use case: WeightsUnpickler error: {message}{_LEARN_MORE}"
    )


def add_safe_globals(safe_globals):
    """Lets weights-only loads name these classes and functions."""
    _restricted._add_safe_globals(safe_globals)


def get_safe_globals():
    return _restricted._get_safe_globals()


def clear_safe_globals():
    _restricted._clear_safe_globals()


@contextmanager
def safe_globals(safe_globals):
    """add_safe_globals for a while."""
    _restricted._add_safe_globals(safe_globals)
    try:
        yield
    finally:
        _restricted._remove_safe_globals(safe_globals)


def _get_layout(name):
    return {str(x): x for x in (torch.strided, torch.sparse_coo)}[name]


# --- where storages go ---


def location_tag(storage):
    return str(storage.device)


def default_restore_location(storage, location):
    """A storage on the device that a location names."""
    if location.startswith("cpu"):
        return storage
    if location.startswith("meta"):
        return storage._to_meta()
    if location.startswith("cuda"):
        raise RuntimeError(
            "Attempting to deserialize object on a CUDA device but torch.cuda.is_available() is False. If you are "
            "running on a CPU-only machine, please use torch.load with map_location=torch.device('cpu') to map your "
            "storages to the CPU."
        )
    raise RuntimeError(f"don't know how to restore data location of UntypedStorage (tagged with {location})")


def _get_restore_location(map_location):
    if map_location is None:
        return default_restore_location
    if isinstance(map_location, dict):
        return lambda storage, location: default_restore_location(storage, map_location.get(location, location))
    if isinstance(map_location, (str, torch.device)):
        return lambda storage, location: default_restore_location(storage, str(map_location))

    def restore(storage, location):
        made = map_location(storage, location)
        if made is None:
            return default_restore_location(storage, location)
        return getattr(made, "_untyped_storage", made)

    return restore


# --- saving ---


def _open(f, mode):
    """The file object to use, and whether it is ours to close."""
    if isinstance(f, (str, os.PathLike)):
        return open(f, mode), True
    return f, False


def _check_writable(f):
    if isinstance(f, (str, os.PathLike)):
        return
    if not hasattr(f, "write"):
        raise AttributeError("expected 'f' to be string, path, or a file-like object with a 'write' attribute")


class _StorageIds:
    """Storages in the order in which a pickle meets them."""

    def __init__(self):
        self.keys = {}
        self.storages = []

    def key(self, storage):
        if id(storage) not in self.keys:
            self.keys[id(storage)] = str(len(self.storages))
            self.storages.append(storage)
        return self.keys[id(storage)]


def _described(obj):
    """Class, bytes and number of elements of a storage; None for other objects."""
    if isinstance(obj, torch.storage.TypedStorage):
        return getattr(torch, obj._pickle_storage_type()), obj._untyped_storage, obj._size()
    if isinstance(obj, torch.storage.UntypedStorage):
        return torch.storage.UntypedStorage, obj, obj.nbytes()
    return None


def save(obj, f, pickle_module=pickle, pickle_protocol=DEFAULT_PROTOCOL, _use_new_zipfile_serialization=True, _disable_byteorder_record=False):
    """Writes an object and the tensors in it to a path or a file object."""
    _check_writable(f)
    ids = _StorageIds()
    if not _use_new_zipfile_serialization:
        return _legacy_save(obj, f, pickle_module, pickle_protocol)

    class Pickler(pickle_module.Pickler):
        def persistent_id(self, obj):
            found = _described(obj)
            if found is None:
                return None
            cls, storage, numel = found
            return ("storage", cls, ids.key(storage), location_tag(storage), numel)

    data = io.BytesIO()
    Pickler(data, protocol=pickle_protocol).dump(obj)
    records = [("data.pkl", data.getvalue()), (".format_version", b"1"), (".storage_alignment", b"64")]
    if not _disable_byteorder_record:
        records.append(("byteorder", b"little"))
    records += [(f"data/{i}", s._bytes()) for i, s in enumerate(ids.storages)]
    records.append(("version", b"3\n"))
    root = "archive"
    if isinstance(f, (str, os.PathLike)):
        f = os.fspath(f)
        root = os.path.splitext(os.path.basename(f))[0] or "archive"
    _archives.write(_archives.write_zip(root, records), f)


def _legacy_save(obj, f, pickle_module, pickle_protocol):
    ids = _StorageIds()
    sizes = {}

    class Pickler(pickle_module.Pickler):
        def persistent_id(self, obj):
            found = _described(obj)
            if found is None:
                return None
            cls, storage, numel = found
            key = ids.key(storage)
            sizes[key] = (numel, max(1, storage.nbytes() // numel) if numel else 1)
            return ("storage", cls, key, location_tag(storage), numel, None)

    out = io.BytesIO()
    header = {"protocol_version": PROTOCOL_VERSION, "little_endian": True, "type_sizes": _TYPE_SIZES}
    for part in (MAGIC_NUMBER, PROTOCOL_VERSION, header):
        pickle_module.dump(part, out, protocol=pickle_protocol)
    Pickler(out, protocol=pickle_protocol).dump(obj)
    keys = [ids.keys[id(s)] for s in ids.storages]
    pickle_module.dump(keys, out, protocol=pickle_protocol)
    for key, storage in zip(keys, ids.storages):
        out.write(sizes[key][0].to_bytes(8, "little"))
        out.write(storage._bytes())
    _archives.write(out.getvalue(), f)


# --- loading ---


def load(f, map_location=None, pickle_module=None, *, weights_only=None, mmap=None, **pickle_load_args):
    """Reads what `save` wrote. With weights_only, the default, files can hold data but no code."""
    if weights_only is None:
        weights_only = pickle_module is None
    if weights_only and pickle_module is not None:
        raise RuntimeError("Can not safely load weights when explicit pickle_module is specified")
    if pickle_module is None:
        pickle_module = pickle
    if not isinstance(f, (str, os.PathLike)):
        for name in ("seek", "tell", "read", "readline"):
            if not hasattr(f, name):
                raise AttributeError(
                    f"'{type(f).__name__}' object has no attribute '{name}'. You can only torch.load from a file that is "
                    "seekable. Please pre-load the data into a buffer like io.BytesIO and try to load from it instead."
                )
    file, ours = _open(f, "rb")
    try:
        start = file.tell()
        data = bytes(file.read())
        if not data:
            raise EOFError
        if data[:4] == b"PK\x03\x04":
            return _load_zip(data, map_location, pickle_module, weights_only, pickle_load_args)
        value, used = _legacy_load(data, map_location, pickle_module, weights_only, pickle_load_args)
        file.seek(start + used)
        return value
    finally:
        if ours:
            file.close()


def _unpickler(pickle_module, weights_only):
    return _restricted.Unpickler if weights_only else pickle_module.Unpickler


@contextmanager
def _explained(weights_only):
    """What a restricted reader refuses, with what the caller can do."""
    try:
        yield
    except pickle.UnpicklingError as e:
        if not weights_only:
            raise
        raise pickle.UnpicklingError(_weights_only_message(str(e))) from None


def _typed(cls, storage):
    dtype = torch.uint8 if cls is torch.storage.UntypedStorage else cls._dtype
    return torch.storage.TypedStorage(wrap_storage=storage, dtype=dtype, _internal=True)


def _load_zip(data, map_location, pickle_module, weights_only, pickle_load_args):
    archive = _archives.open_zip(data)
    if archive.has("constants.pkl"):
        if weights_only:
            raise RuntimeError(
                f"Cannot use ``weights_only=True`` with TorchScript archives passed to ``torch.load``. {_CHANGED_DEFAULT}"
            )
        return torch.jit.load(io.BytesIO(data), map_location=map_location)
    if archive.has("byteorder") and archive.read("byteorder") != b"little":
        raise NotImplementedError("storages in big-endian byte order")
    restore = _get_restore_location(map_location)
    loaded = {}

    class Unpickler(_unpickler(pickle_module, weights_only)):
        def persistent_load(self, saved_id):
            if not isinstance(saved_id, tuple) or len(saved_id) < 5 or saved_id[0] != "storage":
                raise pickle.UnpicklingError(f"Unknown typename for persistent_load, expected 'storage' but got '{saved_id}'")
            _, cls, key, location, numel = saved_id[:5]
            if key not in loaded:
                nbytes = numel * (1 if cls is torch.storage.UntypedStorage else cls._dtype.itemsize)
                if location == "meta":
                    storage = torch.storage.UntypedStorage(nbytes, device="meta")
                else:
                    record = archive.read(f"data/{key}") if nbytes else b""
                    if len(record) < nbytes:
                        raise RuntimeError(f"storage {key} has {len(record)} bytes where {nbytes} are needed")
                    storage = restore(torch.storage.UntypedStorage._from_bytes(record, nbytes), location)
                loaded[key] = storage
            return _typed(cls, loaded[key])

    with _explained(weights_only):
        return Unpickler(io.BytesIO(archive.read("data.pkl")), **pickle_load_args).load()


def _legacy_load(data, map_location, pickle_module, weights_only, pickle_load_args):
    file = io.BytesIO(data)
    restore = _get_restore_location(map_location)
    storages = {}
    sizes = {}

    class Unpickler(_unpickler(pickle_module, weights_only)):
        def persistent_load(self, saved_id):
            if isinstance(saved_id, tuple) and saved_id[0] == "module":
                return saved_id[1]
            if not isinstance(saved_id, tuple) or len(saved_id) < 5 or saved_id[0] != "storage":
                raise pickle.UnpicklingError(f"Unknown saved id type: {saved_id}")
            _, cls, key, location, numel = saved_id[:5]
            if key not in storages:
                itemsize = 1 if cls is torch.storage.UntypedStorage else cls._dtype.itemsize
                if numel * itemsize > len(data):
                    raise RuntimeError(f"storage {key} of {numel} elements is larger than the file")
                storages[key] = restore(torch.storage.UntypedStorage(numel * itemsize), location)
                sizes[key] = itemsize
            return _typed(cls, storages[key])

    with _explained(weights_only):
        make = lambda: Unpickler(file, **pickle_load_args)  # noqa: E731
        if make().load() != MAGIC_NUMBER:
            raise RuntimeError("Invalid magic number; corrupt file?")
        version = make().load()
        if version != PROTOCOL_VERSION:
            raise RuntimeError(f"Invalid protocol version: {version}")
        make().load()
        value = make().load()
        for key in make().load():
            numel = int.from_bytes(file.read(8), "little")
            storage = storages[key]
            record = file.read(numel * sizes[key])
            if len(record) != storage.nbytes():
                raise RuntimeError(f"storage {key} has {len(record)} bytes where {storage.nbytes()} are needed")
            if storage.device.type != "meta":
                storage.copy_(torch.storage.UntypedStorage._from_bytes(record, len(record)))
    return value, file.tell()
