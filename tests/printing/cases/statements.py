import torch
from typing import *
class Pt(NamedTuple):
    a: Tensor if False else int
    b: str
def objs(x: List[List[int]], i: int) -> int:
    return x[i+1][0] + [1,2,3][i]
def tl(x: torch.Tensor) -> List[float]:
    y: List[float] = (x+1).tolist()
    return y
def opt(x: Optional[torch.Tensor], k: int) -> torch.Tensor:
    if x is None:
        y = torch.zeros(2)
        z: Optional[int] = None
    else:
        y = x
        z = k
    if z is not None:
        y = y + z
    return y
def opt1(x: Optional[int], k: bool) -> Optional[int]:
    if k:
        x = 3
    else:
        x = None
    if k:
        x = 5
    return x
def un(x: Union[int, str, float], k: bool) -> Union[int, str, float]:
    if k:
        x = 3
    else:
        x = "a"
    return x
def loops(x: Optional[int], n: int) -> Optional[int]:
    y: Optional[int] = 3
    for i in range(n):
        if i > 3:
            y = None
        else:
            y = i
    while n > 0:
        n -= 1
        for j in range(n, 10, 2):
            if j == n: break
    return y
def strs(a: str) -> str:
    return a + "long string constant that is longer than forty columns" + "é" + "\t\x01\x7f" + f"{a} {len(a)}" + "{} {}".format(a, 3)
def floats(a: float) -> List[float]:
    return [a, 1e10, 1e17, 0.1, 1e-7, 3.0, -0.0, float('inf'), 12345678901.0]
def dicts(a: Dict[str, Optional[int]]) -> Dict[str, Optional[int]]:
    b: Dict[str, Optional[int]] = {"a": 1, "b": None}
    c: Dict[str, int] = {}
    d = {"x": [1,2], "y": [3]}
    del a["z"]
    c["q"] = d["x"][0]
    l: List[Optional[int]] = [1, None]
    print(c, d, l)
    return b
def kw(x: torch.Tensor) -> torch.Tensor:
    y = torch.zeros([2,3], dtype=torch.float64)
    torch.add(x, x, out=y)
    z = torch.sum(x, dim=[0], keepdim=True)
    w = torch.nn.functional.relu(x) if False else x
    x += 1
    x[0] = 5
    x[1:3, None] = y
    return torch.full([2], 1, dtype=torch.int64) + torch.div(x, 2, rounding_mode="floor") + z.view(-1) + x.to(torch.float64)
def tup(x: Tuple[int, str, float], y: int = 3, z: float = 1.5, s: str = "a") -> Tuple[int, str]:
    a, b, c = x
    t = (a,)
    return (t[0] + x[0], x[1])
def raises(x: int) -> int:
    if x > 3:
        raise ValueError("bad " + str(x))
    assert x > 1, "must be > 1"
    return x
def forks(x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    def g(a: torch.Tensor) -> torch.Tensor:
        return a + 1
    return x
def ins(x: Any) -> int:
    if isinstance(x, int):
        return x
    if isinstance(x, (str, float)):
        return 2
    return 3
def noret(x: int):
    print(x)
def passes(x: int):
    if x > 2:
        pass
    else:
        print("no")
def comp(x: List[int]) -> List[int]:
    return [i * 2 for i in x]
def chain(x: int) -> int:
    return x+1+2+3+4+5+6+7+8+9+10+11+12+x*2*3*4*5*6
def sl(x: List[int], s: str) -> Tuple[List[int], str, int]:
    return x[1:], s[1:3], len(x[:-1])
