"""Paths as objects, by the rules of POSIX."""
import fnmatch
import os

__all__ = ['PurePath', 'PurePosixPath', 'PureWindowsPath', 'Path', 'PosixPath', 'WindowsPath']


class _Parents:
    def __init__(self, path):
        self._class, self._root, self._parts = type(path), path._root, path._tail

    def __len__(self):
        return len(self._parts)

    def __getitem__(self, i):
        if isinstance(i, slice):
            return tuple(self[k] for k in range(*i.indices(len(self))))
        if i >= len(self) or i < -len(self):
            raise IndexError(i)
        if i < 0:
            i += len(self)
        return self._class._made(self._root, self._parts[:-i - 1])

    def __repr__(self):
        return f'<{self._class.__name__}.parents>'


class PurePath:
    __slots__ = ('_root', '_tail')

    def __new__(cls, *args, **kwargs):
        if cls is PurePath:
            cls = PurePosixPath
        elif cls is Path:
            cls = PosixPath
        self = object.__new__(cls)
        self._root, self._tail = self._split(args)
        return self

    def __init__(self, *args, **kwargs):
        pass

    @staticmethod
    def _split(args):
        text = ''
        for arg in args:
            part = os.fspath(arg)
            if not isinstance(part, str):
                raise TypeError('argument should be a str or an os.PathLike object where __fspath__ returns a str, not '
                                f'{type(part).__name__!r}')
            text = part if part.startswith('/') or not text else text + '/' + part
        root = ''
        if text.startswith('/'):
            root = '//' if text.startswith('//') and not text.startswith('///') else '/'
        return root, [p for p in text.split('/') if p and p != '.']

    @classmethod
    def _made(cls, root, tail):
        self = object.__new__(cls)
        self._root, self._tail = root, list(tail)
        return self

    def __reduce__(self):
        return self.__class__, tuple(self.parts)

    def __str__(self):
        return self._root + '/'.join(self._tail) or '.'

    def __fspath__(self):
        return str(self)

    def as_posix(self):
        return str(self)

    def __bytes__(self):
        return os.fsencode(str(self))

    def __repr__(self):
        return f'{self.__class__.__name__}({str(self)!r})'

    def as_uri(self):
        if not self.is_absolute():
            raise ValueError("relative path can't be expressed as a file URI")
        safe = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-~/'
        return 'file://' + ''.join(chr(b) if chr(b) in safe else '%%%02X' % b for b in str(self).encode())

    def __eq__(self, other):
        if not isinstance(other, PurePath):
            return NotImplemented
        return str(self) == str(other)

    def __hash__(self):
        return hash(str(self))

    def __lt__(self, other):
        return self.parts < other.parts if isinstance(other, PurePath) else NotImplemented

    def __le__(self, other):
        return self.parts <= other.parts if isinstance(other, PurePath) else NotImplemented

    def __gt__(self, other):
        return self.parts > other.parts if isinstance(other, PurePath) else NotImplemented

    def __ge__(self, other):
        return self.parts >= other.parts if isinstance(other, PurePath) else NotImplemented

    def __truediv__(self, key):
        try:
            return type(self)(self, key)
        except TypeError:
            return NotImplemented

    def __rtruediv__(self, key):
        try:
            return type(self)(key, self)
        except TypeError:
            return NotImplemented

    drive = ''

    @property
    def root(self):
        return self._root

    @property
    def anchor(self):
        return self._root

    @property
    def parts(self):
        return ((self._root,) if self._root else ()) + tuple(self._tail)

    @property
    def name(self):
        return self._tail[-1] if self._tail else ''

    @property
    def suffix(self):
        name = self.name
        dot = name.rfind('.')
        return name[dot:] if 0 < dot < len(name) - 1 else ''

    @property
    def suffixes(self):
        name = self.name
        return [] if name.endswith('.') else ['.' + s for s in name.lstrip('.').split('.')[1:]]

    @property
    def stem(self):
        name = self.name
        dot = name.rfind('.')
        return name[:dot] if 0 < dot < len(name) - 1 else name

    def with_name(self, name):
        if not self.name:
            raise ValueError('%r has an empty name' % (self,))
        if not name or '/' in name or name == '.':
            raise ValueError('Invalid name %r' % (name,))
        return self._made(self._root, self._tail[:-1] + [name])

    def with_stem(self, stem):
        return self.with_name(stem + self.suffix)

    def with_suffix(self, suffix):
        if '/' in suffix or suffix and not suffix.startswith('.') or suffix == '.':
            raise ValueError('Invalid suffix %r' % (suffix,))
        if not self.name:
            raise ValueError('%r has an empty name' % (self,))
        return self._made(self._root, self._tail[:-1] + [self.stem + suffix])

    def relative_to(self, *other):
        if not other:
            raise TypeError('need at least one argument')
        base = type(self)(*other)
        n = len(base._tail)
        if base._root != self._root or self._tail[:n] != base._tail:
            raise ValueError(f'{str(self)!r} is not in the subpath of {str(base)!r} OR one path is relative and the other is absolute.')
        return self._made('', self._tail[n:])

    def is_relative_to(self, *other):
        try:
            self.relative_to(*other)
            return True
        except ValueError:
            return False

    def joinpath(self, *args):
        return type(self)(self, *args)

    @property
    def parent(self):
        return self._made(self._root, self._tail[:-1]) if self._tail else self

    @property
    def parents(self):
        return _Parents(self)

    def is_absolute(self):
        return bool(self._root)

    def is_reserved(self):
        return False

    def match(self, path_pattern):
        pattern = type(self)(path_pattern)
        wanted, parts = pattern.parts, self.parts
        if not wanted:
            raise ValueError('empty pattern')
        if pattern._root:
            if len(parts) != len(wanted):
                return False
        elif len(wanted) > len(parts):
            return False
        return all(fnmatch.fnmatchcase(p, w) for p, w in zip(reversed(parts), reversed(wanted)))


class PurePosixPath(PurePath):
    __slots__ = ()


class PureWindowsPath(PurePath):
    def __new__(cls, *args, **kwargs):
        raise NotImplementedError('pathlib.PureWindowsPath')


class Path(PurePath):
    __slots__ = ()

    @classmethod
    def cwd(cls):
        return cls(os.getcwd())

    @classmethod
    def home(cls):
        return cls(os.path.expanduser('~'))

    def __enter__(self):
        return self

    def __exit__(self, t, v, tb):
        pass

    def samefile(self, other):
        return os.path.realpath(self) == os.path.realpath(other)

    def absolute(self):
        return self if self.is_absolute() else type(self)(os.getcwd(), self)

    def resolve(self, strict=False):
        if strict:
            os.stat(self)
        return type(self)(os.path.realpath(self))

    def expanduser(self):
        return type(self)(os.path.expanduser(str(self)))

    def stat(self, *, follow_symlinks=True):
        return os.stat(self) if follow_symlinks else os.lstat(self)

    def lstat(self):
        return os.lstat(self)

    def exists(self):
        return os.path.exists(self)

    def is_dir(self):
        return os.path.isdir(self)

    def is_file(self):
        return os.path.isfile(self)

    def is_symlink(self):
        return os.path.islink(self)

    def is_mount(self):
        return str(self.absolute()) == '/'

    def iterdir(self):
        for name in os.listdir(self):
            yield self._made(self._root, self._tail + [name])

    def glob(self, pattern):
        if not pattern:
            raise ValueError('Unacceptable pattern: %r' % (pattern,))
        if pattern.startswith('/'):
            raise NotImplementedError('Non-relative patterns are unsupported')
        yield from self._selected([p for p in pattern.split('/') if p and p != '.'], pattern.endswith('/'))

    def rglob(self, pattern):
        yield from self.glob('**/' + pattern)

    def _selected(self, parts, folders):
        if not parts:
            yield self
            return
        part, rest = parts[0], parts[1:]
        if part == '**':
            seen = set()
            for folder in self._folders():
                for found in folder._selected(rest, folders):
                    if str(found) not in seen:
                        seen.add(str(found))
                        yield found
        elif any(c in part for c in '*?['):
            if not self.is_dir():
                return
            for child in self.iterdir():
                if fnmatch.fnmatchcase(child.name, part) and (not rest or child.is_dir()):
                    yield from child._selected(rest, folders)
        else:
            child = self / part
            if child.exists():
                yield from child._selected(rest, folders)

    def _folders(self):
        yield self
        if self.is_dir():
            for child in self.iterdir():
                if child.is_dir() and not child.is_symlink():
                    yield from child._folders()

    def open(self, mode='r', buffering=-1, encoding=None, errors=None, newline=None):
        return open(self, mode, buffering, encoding, errors, newline)

    def read_text(self, encoding=None, errors=None):
        with self.open('r', encoding=encoding, errors=errors) as f:
            return f.read()

    def read_bytes(self):
        with self.open('rb') as f:
            return f.read()

    def write_text(self, data, encoding=None, errors=None, newline=None):
        if not isinstance(data, str):
            raise TypeError('data must be str, not %s' % data.__class__.__name__)
        with self.open('w', encoding=encoding, errors=errors, newline=newline) as f:
            return f.write(data)

    def write_bytes(self, data):
        with self.open('wb') as f:
            return f.write(data)

    def touch(self, mode=0o666, exist_ok=True):
        if self.exists():
            if not exist_ok:
                raise FileExistsError(17, 'File exists', str(self))
            return
        self.open('a').close()

    def mkdir(self, mode=0o777, parents=False, exist_ok=False):
        try:
            os.mkdir(self)
        except FileNotFoundError:
            if not parents or self.parent == self:
                raise
            self.parent.mkdir(parents=True, exist_ok=True)
            self.mkdir(mode, parents=False, exist_ok=exist_ok)
        except OSError:
            if not exist_ok or not self.is_dir():
                raise

    def rmdir(self):
        os.rmdir(self)

    def unlink(self, missing_ok=False):
        try:
            os.unlink(self)
        except FileNotFoundError:
            if not missing_ok:
                raise

    def rename(self, target):
        os.rename(self, target)
        return type(self)(target)

    def replace(self, target):
        os.replace(self, target)
        return type(self)(target)

    def symlink_to(self, target, target_is_directory=False):
        os.symlink(target, self)

    def readlink(self):
        return type(self)(os.readlink(self))

    def chmod(self, mode):
        os.chmod(self, mode)


class PosixPath(Path, PurePosixPath):
    __slots__ = ()


class WindowsPath(Path):
    def __new__(cls, *args, **kwargs):
        raise NotImplementedError("cannot instantiate 'WindowsPath' on your system")
