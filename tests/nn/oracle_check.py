"""Compares this repository's torch.nn with PyTorch's, case by case: `python3 oracle_check.py [--code] [word ...]`.

Needs PyTorch 2.13. Words restrict the report to cases whose name contains one of them. `--bless` writes
what PyTorch gave to the goldens that the tests of this repository replay, compiled code too with `--code`.
"""

import difflib
import json
import pathlib
import re
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent


def record(side, flags):
    done = subprocess.run(
        [sys.executable, str(HERE / "record.py"), side, *flags], capture_output=True, text=True, cwd=HERE
    )
    if done.returncode != 0:
        raise SystemExit(f"{side}:\n{done.stderr[-3000:]}")
    return json.loads(done.stdout)


def unmangle(text):
    """Mangled names depend on the order of compilation; they compare equal."""
    return re.sub(r"___torch_mangle_\d+(\.|/)?", "", text)


def without_code(case):
    return {k: v for k, v in case.items() if k != "script"} if isinstance(case, dict) else case


def code_goldens(real):
    """The compiled code of every module's class and of every script, functions of torch.nn aside for modules."""
    out = {"modules": {}, "scripts": {}}
    for kind in out:
        for name, case in real[kind].items():
            script = case["script"] if kind == "modules" else case
            if isinstance(script, dict):
                script = {
                    file: unmangle(text)
                    for file, text in script["code"].items()
                    if kind == "scripts" or not re.search(r"nn/(functional|_reduction)", file)
                }
            out[kind][name] = script
    return json.dumps(out, indent=1, sort_keys=True) + "\n"


def differences(real, mine, path, out):
    if isinstance(real, dict) and isinstance(mine, dict):
        for key in sorted({*real, *mine}):
            differences(real.get(key, "(absent)"), mine.get(key, "(absent)"), [*path, key], out)
    elif real != mine:
        if isinstance(real, str) and isinstance(mine, str):
            a, b = unmangle(real), unmangle(mine)
            if a == b:
                return
            diff = "\n".join(
                list(difflib.unified_diff(a.split("\n"), b.split("\n"), "real", "ours", lineterm="", n=2))[:40]
            )
        else:
            diff = f"real {json.dumps(real)[:900]}\nours {json.dumps(mine)[:900]}"
        out.append(("/".join(path), diff))


def main():
    flags = [a for a in sys.argv[1:] if a.startswith("--")]
    words = [a for a in sys.argv[1:] if not a.startswith("--")]
    code = [f for f in flags if f == "--code"]
    real = record("real", code)
    if "--bless" in flags:
        for kind in ("modules", "functions", "errors"):
            cases = {name: without_code(case) for name, case in real[kind].items()}
            text = json.dumps(cases, indent=1, sort_keys=True)
            (HERE / "goldens").mkdir(exist_ok=True)
            if "--code" in flags:
                (HERE / "goldens" / "code.json").write_text(code_goldens(real))
            (HERE / "goldens" / f"{kind}.json").write_text(text + "\n")
    mine = record("ours", code)
    found = []
    differences(real, mine, [], found)
    if words:
        found = [f for f in found if any(w in f[0] for w in words)]
    for path, diff in found:
        print(f"--- {path}\n{diff}")
    total = sum(len(v) for v in real.values())
    print(f"{total} cases, {len({tuple(p.split('/')[:2]) for p, _ in found})} with differences")
    raise SystemExit(1 if found else 0)


main()
