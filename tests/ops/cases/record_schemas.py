"""Writes ops/schemas.txt: the schemas of PyTorch's aten and prim operators, a name's overloads in matching order.

    python3 tests/ops/cases/record_schemas.py > ops/schemas.txt
"""
import torch

names = sorted({s.name for s in torch._C._jit_get_all_schemas() if s.name.split("::")[0] in ("aten", "prim")})
for name in names:
    for schema in torch._C._jit_get_schemas_for_operator(name):
        print(schema)
