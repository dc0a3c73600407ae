"""Records what PyTorch prints for the programs of this folder: python3 record.py [SECTION[/NAME]]...

Each program runs under the installed PyTorch with its folder as the working folder; what it writes to standard output
goes to the .out file beside it. Programs whose output is not the same twice are refused.
"""

import io
import os
import runpy
import sys
import types
import warnings
from concurrent.futures import ProcessPoolExecutor

HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "programs")


def quiet_deprecations():
    """PyTorch's own deprecation notices about torch.jit are no part of what a program prints."""
    import torch  # noqa: F401

    def warn(message, category=None, stacklevel=1, *args, **kwargs):
        if not (category is DeprecationWarning and "`torch.jit." in str(message)):
            warnings.warn(message, category, stacklevel + 1, *args, **kwargs)

    view = types.ModuleType("warnings")
    view.__dict__.update(warnings.__dict__)
    view.warn = warn
    for name, module in list(sys.modules.items()):
        if name.startswith("torch.jit.") and getattr(module, "warnings", None) is warnings:
            module.warnings = view


def run(path):
    """The output of one program, in a process of its own."""
    folder, name = os.path.split(path)
    os.chdir(folder)
    quiet_deprecations()
    sys.argv, sys.path[0] = [name], folder
    read, write = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(read)
        os.dup2(write, 1)
        status = 0
        try:
            runpy.run_path(name, run_name="__main__")
        except BaseException as e:  # noqa: BLE001
            status = 1
            sys.stderr.write(f"{path}: {type(e).__name__}: {str(e)[:600]}\n")
        sys.stdout.flush()
        os._exit(status)
    os.close(write)
    with io.open(read, "rb") as stream:
        text = stream.read().decode()
    _, status = os.waitpid(pid, 0)
    return path, status, text.replace(folder + "/", "")


def main():
    wanted = sys.argv[1:]
    paths = []
    for folder, _, files in sorted(os.walk(HERE)):
        for f in sorted(files):
            path = os.path.join(folder, f)
            short = os.path.relpath(path, HERE)
            if f.endswith(".py") and (not wanted or any(short.startswith(w) for w in wanted)):
                paths.append(path)
    with ProcessPoolExecutor(2) as pool:
        for path, status, text in pool.map(run, paths):
            if status == 0:
                with open(path[:-3] + ".out", "w") as out:
                    out.write(text)


if __name__ == "__main__":
    main()
