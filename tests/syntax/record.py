"""Records CPython's trees of Python files, in the format of ast.dump, for the tests to compare with.

    python3 tests/syntax/record.py                     writes X.dump beside every X.py in tests/syntax/trees
    python3 tests/syntax/record.py --json < LIST       prints {file: dump with positions} for the files listed

Runs on CPython 3.11 and later. Classes get the type_params of 3.12 when the running Python has none; nodes
inside f-strings carry no positions, because before 3.12 they were not true ones.
"""

import ast
import json
import pathlib
import sys

GENERIC = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
PLACES = ("lineno", "col_offset", "end_lineno", "end_col_offset")
MISSING = object()


def dump(tree, attributes, indent=None):
    def render(node, level, in_fstring):
        level += 1
        pad = "" if indent is None else "\n" + indent * level
        separator = ", " if indent is None else "," + pad
        if isinstance(node, list):
            if not node:
                return "[]", True
            return f"[{pad}{separator.join(render(x, level, in_fstring)[0] for x in node)}]", False
        if not isinstance(node, ast.AST):
            return repr(node), True
        inside = in_fstring or isinstance(node, ast.JoinedStr)
        parts, simple = [], True
        for name in node._fields:
            value = getattr(node, name, None)
            if value is None and getattr(type(node), name, MISSING) is None:
                continue
            if name == "kind" and in_fstring:
                continue
            text, plain = render(value, level, inside)
            simple = simple and plain
            parts.append(f"{name}={text}")
        if isinstance(node, GENERIC) and "type_params" not in node._fields:
            parts.append("type_params=[]")
        if attributes and not in_fstring:
            for name in PLACES:
                if name in node._attributes:
                    parts.append(f"{name}={getattr(node, name)!r}")
        if simple and len(parts) <= 3:
            return f"{type(node).__name__}({', '.join(parts)})", not parts
        return f"{type(node).__name__}({pad}{separator.join(parts)})", False

    return render(tree, 0, False)[0]


def main():
    sys.setrecursionlimit(20000)
    if "--json" in sys.argv:
        out = {}
        for line in sys.stdin:
            file = line.rstrip("\n")
            try:
                source = pathlib.Path(file).read_bytes().decode("utf-8")
                out[file] = dump(ast.parse(source), attributes=True)
            except (SyntaxError, ValueError, RecursionError) as error:
                out[file] = f"error: {error}"
        json.dump(out, sys.stdout)
        return
    for file in sorted((pathlib.Path(__file__).parent / "trees").glob("*.py")):
        text = dump(ast.parse(file.read_bytes()), attributes=True, indent=" ")
        file.with_suffix(".dump").write_text(text + "\n", encoding="utf-8")


main()
