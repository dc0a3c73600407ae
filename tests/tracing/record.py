"""Records what PyTorch prints for the programs in cases/: python3 tests/tracing/record.py [NAME ...]"""

import pathlib
import re
import subprocess
import sys

cases = pathlib.Path(__file__).parent / "cases"
for path in sorted(cases.glob("*.py")):
    if sys.argv[1:] and path.stem not in sys.argv[1:]:
        continue
    run = subprocess.run([sys.executable, "-W", "ignore::DeprecationWarning", path.name], cwd=cases, capture_output=True, text=True)
    if run.returncode != 0:
        sys.exit(f"{path.name}: {run.stderr}")
    text = re.sub(r"(?<![\w.])(?:[\w.+@-]*/)*torch/", "torch/", run.stdout)
    text = text.replace(str(cases.resolve()) + "/", "")
    path.with_suffix(".out").write_text(text)
    print(path.stem)
