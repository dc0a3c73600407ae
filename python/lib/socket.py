"""Not there: sockets (socket) are refused where they are asked for, so that files which only import this run."""
import _platform


def socket(*args, **kwargs):
    _platform.missing('socket.socket')


def create_connection(*args, **kwargs):
    _platform.missing('socket.create_connection')
