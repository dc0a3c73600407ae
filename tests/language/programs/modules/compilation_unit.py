import torch

cu = torch.jit.CompilationUnit("""
def first(a, b: int = 2):
    return torch.relu(a) * b

def second(x: Tensor, xs: List[int]) -> Tuple[Tensor, int]:
    return first(x, 3), len(xs)
""")
print(cu.first.code)
print(cu.second(torch.ones(1), [1, 2]))
cu.define("""
def third(n: int) -> int:
    while n < 10:
        n += n
    return n
""")
print(cu.third(3), cu.third.schema, cu.find_function("third").name)
try:
    cu.nope
except AttributeError as e:
    print(e)
try:
    cu.define("""
def bad(x: int) -> str:
    return x
""")
except RuntimeError as e:
    print(str(e).strip())
