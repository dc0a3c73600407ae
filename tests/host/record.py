"""Records what CPython prints for every case: python3 tests/host/record.py [name ...]."""
import pathlib
import subprocess
import sys

here = pathlib.Path(__file__).parent / "cases"
names = sys.argv[1:]
for case in sorted(here.glob("*.py")):
    if case.name.startswith("_") or (names and case.stem not in names):
        continue
    run = subprocess.run([sys.executable, "-X", "no_debug_ranges", case.name], cwd=here, capture_output=True, text=True,
                         env={"PYTHONHASHSEED": "0", "PYTHONPATH": "", "PATH": "", "PYTHONDONTWRITEBYTECODE": "1"})
    case.with_suffix(".out").write_text(run.stdout)
    if "uncaught" in case.stem:
        case.with_suffix(".err").write_text(run.stderr.replace(str(here) + "/", ""))
    elif run.returncode:
        print(case.name, "failed:", run.stderr.strip().splitlines()[-1])
