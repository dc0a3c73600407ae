"""torch.random: the generator behind the random functions."""

import torch
from torch import default_generator, get_rng_state, initial_seed, manual_seed, seed, set_rng_state  # noqa: F401


class fork_rng:
    """A context whose draws leave the generator as it was before."""

    def __init__(self, devices=None, enabled=True, _caller="fork_rng", _devices_kw="devices", device_type="cuda"):
        self.enabled = enabled

    def __enter__(self):
        if self.enabled:
            self.state = torch.get_rng_state()

    def __exit__(self, kind, value, traceback):
        if self.enabled:
            torch.set_rng_state(self.state)
        return False
