"""Puts this repository's torch.nn in the place of PyTorch's: import it before torch.

Files that stand here are taken from here; a module of torch.nn that does not stand here is PyTorch's.
PyTorch's own code then compiles, scripts and prints our modules under their real names.
"""

import importlib.abc
import importlib.machinery
import importlib.util
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2] / "python" / "torch"
PACKAGES = ("torch.nn", "torch.optim", "torch._jit_types")


# Names that PyTorch's own files import from ours, and that mean nothing here.
EXTRAS = {"torch.nn.functional": ("ScalingType", "SwizzleType")}


class Loader(importlib.machinery.SourceFileLoader):
    def exec_module(self, module):
        super().exec_module(module)
        for name in EXTRAS.get(self.name, ()):
            setattr(module, name, type(name, (), {}))


class Finder(importlib.abc.MetaPathFinder):
    def find_spec(self, fullname, path, target=None):
        if not any(fullname == p or fullname.startswith(p + ".") for p in PACKAGES):
            return None
        base = ROOT.joinpath(*fullname.split(".")[1:])
        if (base / "__init__.py").exists():
            real = [p for p in (path or []) if "site-packages" in p]
            places = [str(base)]
            # Modules we do not have are looked for in PyTorch's folder of the same name.
            for entry in sys.path:
                there = pathlib.Path(entry).joinpath(*fullname.split("."))
                if there.is_dir():
                    places.append(str(there))
            return importlib.util.spec_from_file_location(
                fullname, str(base / "__init__.py"), submodule_search_locations=places + real
            )
        if base.with_suffix(".py").exists():
            file = str(base.with_suffix(".py"))
            return importlib.util.spec_from_file_location(fullname, file, loader=Loader(fullname, file))
        return None


sys.meta_path.insert(0, Finder())
