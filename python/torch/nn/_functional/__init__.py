"""The functions of torch.nn.functional, one file a kind.

Every file starts with `__name__ = "torch.nn.functional"`: Python takes a function's __module__ from
there, and the qualified name that compiled code shows is made of it. Because of that line the files
import by absolute names only. torch.nn.functional finds the file of a name in its table.
"""
