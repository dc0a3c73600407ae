"""Runs the first 500 random programs under PyTorch and records what they print (PyTorch 2.13, and deno on PATH):

    python3 tests/random_programs/record.py
"""
import contextlib
import io
import json
import pathlib
import subprocess
import tempfile
import warnings

here = pathlib.Path(__file__).parent
COUNT = 500


def run(text, path):
    path.write_text(text)
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(text, str(path), "exec"), {"__name__": path.stem})
    return out.getvalue()


warnings.filterwarnings("ignore")
texts = json.loads(subprocess.check_output(["deno", "run", "-A", "--no-check", here / "print_programs.ts", str(COUNT)]))
with tempfile.TemporaryDirectory() as folder:
    outputs = [run(t, pathlib.Path(folder) / f"program_{i}.py") for i, t in enumerate(texts)]
with open(here / "pytorch.json", "w") as f:
    f.write("[\n" + ",\n".join(json.dumps(o) for o in outputs) + "\n]\n")
print(len(outputs), "programs recorded")
