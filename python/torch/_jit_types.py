"""Type forms that annotations for the compiler use, and questions about typing's forms."""

import typing
from typing import Final, Union


class BroadcastingListCls:
    """BroadcastingListN[T]: a list of N in compiled code that also takes a single T."""

    def __getitem__(self, types):
        return None


BroadcastingList1 = BroadcastingListCls()
BroadcastingList2 = BroadcastingList1
BroadcastingList3 = BroadcastingList1
BroadcastingList4 = BroadcastingList1
BroadcastingList5 = BroadcastingList1
BroadcastingList6 = BroadcastingList1

_T = typing.TypeVar("_T")


class Future(typing.Generic[_T]):
    """Stands for torch.jit.Future[T] in annotations."""


class RRef(typing.Generic[_T]):
    """Stands for RRef[T] in annotations."""


def _origin_is(ann, builtin):
    if ann is builtin:
        raise RuntimeError(
            f"Attempted to use {builtin.__name__.capitalize()} without a contained type. Please add a contained type, "
            f"e.g. {builtin.__name__.capitalize()}[int]"
        )
    return getattr(ann, "__origin__", None) is builtin


def is_tuple(ann):
    """Whether ann is Tuple[...] or tuple[...]."""
    return _origin_is(ann, tuple)


def is_list(ann):
    """Whether ann is List[...] or list[...]."""
    return _origin_is(ann, list)


def is_dict(ann):
    """Whether ann is Dict[...] or dict[...]."""
    return _origin_is(ann, dict)


def is_union(ann):
    """Whether ann is Union[...] (also written with |)."""
    return typing.get_origin(ann) is Union


def is_optional(ann):
    """Whether ann is Optional[T]: a union of two, one of them None."""
    args = typing.get_args(ann)
    return is_union(ann) and len(args) == 2 and type(None) in args


def is_future(ann):
    """Whether ann is Future[T]."""
    return typing.get_origin(ann) is Future


def is_final(ann):
    """Whether ann is Final or Final[T]."""
    return ann is Final or typing.get_origin(ann) is Final


def matches(obj, target_type):
    """Whether obj has the type, elements of containers included; an empty container matches any."""
    if isinstance(target_type, tuple):
        return any(matches(obj, t) for t in target_type)
    origin = typing.get_origin(target_type)
    args = typing.get_args(target_type)
    if origin is None:
        return isinstance(obj, type(None) if target_type is None else target_type)
    if origin is Union:
        return any(matches(obj, t) for t in args)
    if not isinstance(obj, origin):
        return False
    if origin is list:
        return all(matches(el, args[0]) for el in obj)
    if origin is dict:
        return all(matches(k, args[0]) and matches(v, args[1]) for k, v in obj.items())
    if origin is tuple:
        return len(args) == len(obj) and all(matches(el, t) for el, t in zip(obj, args))
    return True
