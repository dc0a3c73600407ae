"""Copying, moving and removing files and trees."""
import os


class Error(OSError):
    pass


class SameFileError(Error):
    pass


def copyfile(src, dst, *, follow_symlinks=True):
    if os.path.exists(dst) and os.path.samefile(src, dst):
        raise SameFileError(f"{src!r} and {dst!r} are the same file")
    if os.path.isdir(dst):
        raise IsADirectoryError(21, "Is a directory", os.fspath(dst))
    os._copy_file(src, dst)
    return dst


def copy(src, dst, *, follow_symlinks=True):
    if os.path.isdir(dst):
        dst = os.path.join(dst, os.path.basename(src))
    return copyfile(src, dst)


copy2 = copy


def copyfileobj(fsrc, fdst, length=0):
    fdst.write(fsrc.read())


def ignore_patterns(*patterns):
    """A function for copytree that leaves out names matching one of these."""
    from fnmatch import filter

    return lambda path, names: {n for p in patterns for n in filter(names, p)}


def copytree(src, dst, symlinks=False, ignore=None, copy_function=copy2, ignore_dangling_symlinks=False, dirs_exist_ok=False):
    names = os.listdir(src)
    skip = set() if ignore is None else ignore(os.fspath(src), names)
    os.makedirs(dst, exist_ok=dirs_exist_ok)
    for name in names:
        if name in skip:
            continue
        source, target = os.path.join(src, name), os.path.join(dst, name)
        if os.path.isdir(source):
            copytree(source, target, symlinks, ignore, copy_function, ignore_dangling_symlinks, dirs_exist_ok)
        else:
            copy_function(source, target)
    return dst


def rmtree(path, ignore_errors=False, onerror=None):
    """Removes a folder with all it holds."""
    try:
        if not os.path.isdir(path):
            os.stat(path)
            raise NotADirectoryError(20, "Not a directory", os.fspath(path))
        os._remove_tree(path)
    except OSError:
        if not ignore_errors:
            raise


def move(src, dst, copy_function=copy2):
    target = os.path.join(dst, os.path.basename(os.fspath(src).rstrip("/"))) if os.path.isdir(dst) else dst
    if target is not dst and os.path.exists(target):
        raise Error(f"Destination path '{target}' already exists")
    os.rename(src, target)
    return target


def which(cmd, mode=1, path=None):
    """The file that a command name stands for on PATH, or None."""
    if os.path.dirname(cmd):
        return cmd if os.path.isfile(cmd) else None
    for folder in (os.environ.get("PATH", "") if path is None else path).split(":"):
        found = os.path.join(folder, cmd)
        if folder and os.path.isfile(found) and os.stat(found).st_mode & 0o111:
            return found
    return None
