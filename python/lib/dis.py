"""Not there: CPython bytecode (dis) are refused where they are asked for, so that files which only import this run."""
import _platform


def dis(*args, **kwargs):
    _platform.missing('dis.dis')


def disassemble(*args, **kwargs):
    _platform.missing('dis.disassemble')


def get_instructions(*args, **kwargs):
    _platform.missing('dis.get_instructions')
