"""Files compressed by gzip."""
import builtins
import io

import _platform


class BadGzipFile(OSError):
    """Not a gzip file."""


def compress(data, compresslevel=9, *, mtime=None):
    return _platform.gzipSync(data, compresslevel)


def decompress(data):
    if data[:2] != b'\x1f\x8b':
        raise BadGzipFile(f'Not a gzipped file ({bytes(data[:2])!r})')
    return _platform.gunzipSync(data)


class GzipFile(io.BytesIO):
    """The whole content in memory; written out when closed."""

    def __init__(self, filename=None, mode='rb', compresslevel=9, fileobj=None, mtime=None):
        self.name, self.mode = filename, mode
        self._writes = mode[0] in 'wxa'
        self._level = compresslevel
        self._file = fileobj if fileobj is not None else builtins.open(filename, mode[0] + 'b')
        self._owns = fileobj is None
        super().__init__(b'' if self._writes else decompress(self._file.read()))

    def close(self):
        if self._file is None:
            return
        if self._writes:
            self._file.write(compress(self.getvalue(), self._level))
        if self._owns:
            self._file.close()
        self._file = None
        super().close()

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self.close()


def open(filename, mode='rb', compresslevel=9, encoding=None, errors=None, newline=None):
    if 't' in mode:
        file = GzipFile(filename, mode.replace('t', 'b'), compresslevel)
        if mode[0] == 'r':
            with file:
                return io.StringIO(file.read().decode(encoding or 'utf-8'))
        return _TextWriter(file, encoding or 'utf-8')
    return GzipFile(filename, mode, compresslevel)


class _TextWriter:
    def __init__(self, file, encoding):
        self._file, self._encoding = file, encoding

    def write(self, text):
        self._file.write(text.encode(self._encoding))
        return len(text)

    def close(self):
        self._file.close()

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self.close()
