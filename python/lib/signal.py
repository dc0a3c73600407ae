"""Not there: signals (signal) are refused where they are asked for, so that files which only import this run."""
import _platform

SIGINT, SIGTERM, SIGKILL, SIGALRM, SIGUSR1, SIG_DFL, SIG_IGN = 2, 15, 9, 14, 10, 0, 1


def signal(*args, **kwargs):
    _platform.missing('signal.signal')


def alarm(*args, **kwargs):
    _platform.missing('signal.alarm')


def pause(*args, **kwargs):
    _platform.missing('signal.pause')


def raise_signal(*args, **kwargs):
    _platform.missing('signal.raise_signal')
