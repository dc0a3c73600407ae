"""Records what CPython's pdb prints for pdb/*.in: python3 tests/host/record_pdb.py"""
import pathlib
import subprocess
import sys

here = pathlib.Path(__file__).parent / "pdb"
for case in sorted(here.glob("*.py")):
    run = subprocess.run([sys.executable, str(case)], input=case.with_suffix(".in").read_text(), capture_output=True, text=True)
    case.with_suffix(".out").write_text(run.stdout.replace(f"{here}/", ""))
    case.with_suffix(".err").write_text((run.stderr.strip().splitlines() or [""])[-1] + "\n")
