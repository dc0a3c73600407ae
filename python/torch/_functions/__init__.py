"""The functions of torch.functional that scripts compile, one file a kind.

Every file starts with `__name__ = "torch.functional"`, which is where compiled code says that they live.
"""
