"""Handles that take a registered hook out again."""


class RemovableHandle:
    """What register_*_hook returns: `remove()` unregisters, and as a context manager it does so on exit.

    hooks_dict: the dictionary the hook goes into under `self.id`; extra_dict: dictionaries that carry
    flags under the same id.
    """

    next_id = 0

    def __init__(self, hooks_dict, *, extra_dict=None):
        self.hooks_dict_ref = hooks_dict
        self.id = RemovableHandle.next_id
        RemovableHandle.next_id += 1
        if extra_dict is None:
            self.extra_dict_ref = ()
        elif isinstance(extra_dict, list):
            self.extra_dict_ref = tuple(extra_dict)
        else:
            self.extra_dict_ref = (extra_dict,)

    def remove(self):
        self.hooks_dict_ref.pop(self.id, None)
        for extra in self.extra_dict_ref:
            extra.pop(self.id, None)

    def __enter__(self):
        return self

    def __exit__(self, type, value, tb):
        self.remove()
