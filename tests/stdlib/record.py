"""Records cases/*.out with the CPython that runs this (3.11)."""
import pathlib
import subprocess
import sys

for case in sorted(pathlib.Path(__file__).parent.glob("cases/*.py")):
    run = subprocess.run([sys.executable, case.name], cwd=case.parent, capture_output=True, text=True)
    assert run.returncode == 0, (case, run.stderr)
    case.with_suffix(".out").write_text(run.stdout)
