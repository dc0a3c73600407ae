import torch
from typing import List, Union


@torch.jit.script
def describe(x: Union[int, str, List[str]]) -> str:
    if isinstance(x, int):
        return "int" + str(x)
    elif isinstance(x, str):
        return x
    else:
        return ",".join(x)


print(describe(1), describe("z"), describe(["p", "q"]))
print(describe.schema)
print(describe.code)
