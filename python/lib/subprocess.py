"""Not there: starting processes (subprocess) are refused where they are asked for, so that files which only import this run."""
import _platform

PIPE, STDOUT, DEVNULL = -1, -2, -3


class SubprocessError(Exception):
    pass


class CalledProcessError(SubprocessError):
    pass


class TimeoutExpired(SubprocessError):
    pass


def run(*args, **kwargs):
    _platform.missing('subprocess.run')


def Popen(*args, **kwargs):
    _platform.missing('subprocess.Popen')


def call(*args, **kwargs):
    _platform.missing('subprocess.call')


def check_call(*args, **kwargs):
    _platform.missing('subprocess.check_call')


def check_output(*args, **kwargs):
    _platform.missing('subprocess.check_output')


def getoutput(*args, **kwargs):
    _platform.missing('subprocess.getoutput')
