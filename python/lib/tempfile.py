"""Temporary files and folders."""
import os

tempdir = None
template = "tmp"


def gettempdir():
    """The folder for temporary files."""
    global tempdir
    if tempdir is None:
        for name in ("TMPDIR", "TEMP", "TMP"):
            found = os.environ.get(name)
            if found and os.path.isdir(found):
                tempdir = os.path.abspath(found)
                break
        else:
            tempdir = "/tmp" if os.path.isdir("/tmp") else os.getcwd()
    return tempdir


def gettempprefix():
    return template


def mkdtemp(suffix=None, prefix=None, dir=None):
    """Makes a new folder and gives its path; the caller removes it."""
    return os._make_temp_dir(template if prefix is None else prefix, suffix or "", os.path.abspath(dir or gettempdir()))


def _new_file(suffix, prefix, dir):
    return os._make_temp_file(template if prefix is None else prefix, suffix or "", os.path.abspath(dir or gettempdir()))


def mkstemp(suffix=None, prefix=None, dir=None, text=False):
    raise NotImplementedError("tempfile.mkstemp gives a file descriptor; use tempfile.NamedTemporaryFile")


class _TemporaryFile:
    """A file that is removed when it is closed."""

    def __init__(self, file, name, delete):
        self.file, self.name, self.delete = file, name, delete

    def __getattr__(self, name):
        return getattr(self.__dict__["file"], name)

    def __enter__(self):
        self.file.__enter__()
        return self

    def __exit__(self, exc, value, tb):
        self.close()

    def __iter__(self):
        return iter(self.file)

    def close(self):
        if self.file.closed:
            return
        self.file.close()
        if self.delete and os.path.exists(self.name):
            os.unlink(self.name)


def NamedTemporaryFile(
    mode="w+b", buffering=-1, encoding=None, newline=None, suffix=None, prefix=None, dir=None, delete=True, *, errors=None
):
    name = _new_file(suffix, prefix, dir)
    return _TemporaryFile(open(name, mode, encoding=encoding, newline=newline), name, delete)


TemporaryFile = NamedTemporaryFile


class SpooledTemporaryFile:
    def __init__(self, *args, **kwargs):
        raise NotImplementedError("tempfile.SpooledTemporaryFile; use io.BytesIO or tempfile.NamedTemporaryFile")


class TemporaryDirectory:
    """A folder that is removed with all it holds on leaving the `with` statement."""

    def __init__(self, suffix=None, prefix=None, dir=None, ignore_cleanup_errors=False):
        self.name = mkdtemp(suffix, prefix, dir)
        self._ignore = ignore_cleanup_errors

    def __repr__(self):
        return f"<{self.__class__.__name__} {self.name!r}>"

    def __enter__(self):
        return self.name

    def __exit__(self, exc, value, tb):
        self.cleanup()

    def cleanup(self):
        if os.path.exists(self.name):
            try:
                os._remove_tree(self.name)
            except OSError:
                if not self._ignore:
                    raise
