"""The collector's controls. Memory is the JavaScript engine's affair, so nothing here has an effect."""

_enabled = True
garbage, callbacks = [], []


def collect(generation=2):
    return 0


def enable():
    global _enabled
    _enabled = True


def disable():
    global _enabled
    _enabled = False


def isenabled():
    return _enabled


def freeze():
    pass


def unfreeze():
    pass


def get_count():
    return (0, 0, 0)


def get_threshold():
    return (700, 10, 10)
