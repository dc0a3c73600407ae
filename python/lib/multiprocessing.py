"""Not there: processes (multiprocessing) are refused where they are asked for, so that files which only import this run."""
import _platform

def cpu_count():
    return 1


def current_process():
    return _Main()


class _Main:
    name = 'MainProcess'
    daemon = False


def set_start_method(method, force=False):
    pass


def freeze_support():
    pass


def Process(*args, **kwargs):
    _platform.missing('multiprocessing.Process')


def Pool(*args, **kwargs):
    _platform.missing('multiprocessing.Pool')


def Queue(*args, **kwargs):
    _platform.missing('multiprocessing.Queue')


def Manager(*args, **kwargs):
    _platform.missing('multiprocessing.Manager')
