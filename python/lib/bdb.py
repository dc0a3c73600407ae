"""What ends a debugged program."""


class BdbQuit(Exception):
    """The debugger was told to quit."""
