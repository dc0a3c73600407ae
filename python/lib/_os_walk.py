"""Parts of os written in Python."""
import abc


class PathLike(abc.ABC):
    """Anything with __fspath__."""

    __module__ = "os"

    @abc.abstractmethod
    def __fspath__(self):
        raise NotImplementedError

    @classmethod
    def __subclasshook__(cls, subclass):
        return hasattr(subclass, "__fspath__") if cls is PathLike else NotImplemented


def walk(top, topdown=True, onerror=None, followlinks=False):
    """Yields (folder, folders in it, files in it) for a tree; top-down callers may shorten the list of folders."""
    import os

    top = os.fspath(top)
    try:
        found = list(os.scandir(top))
    except OSError as error:
        if onerror is not None:
            onerror(error)
        return
    folders = [entry.name for entry in found if entry.is_dir()]
    files = [entry.name for entry in found if not entry.is_dir()]
    if topdown:
        yield top, folders, files
    for name in folders:
        path = os.path.join(top, name)
        if followlinks or not os.path.islink(path):
            yield from walk(path, topdown, onerror, followlinks)
    if not topdown:
        yield top, folders, files
