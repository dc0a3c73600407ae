"""Anomaly detection: gradients are checked for NaN as the graph runs."""

_enabled = False


class detect_anomaly:
    def __init__(self, check_nan=True):
        self.prev = _enabled
        self.check_nan = check_nan

    def __enter__(self):
        set_detect_anomaly(True, self.check_nan)

    def __exit__(self, *args):
        set_detect_anomaly(self.prev)


class set_detect_anomaly:
    def __init__(self, mode, check_nan=True):
        global _enabled
        self.prev = _enabled
        _enabled = mode

    def __enter__(self):
        pass

    def __exit__(self, *args):
        global _enabled
        _enabled = self.prev
