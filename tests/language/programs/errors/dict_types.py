import torch
from typing import Any, Dict, List, Optional, Tuple, Union


def wrong_key(d: Dict[str, int]):
    return d[1]


def wrong_value(d: Dict[str, int]):
    d["a"] = "b"


def attr(d: Dict[str, int]):
    return d.nope()


def list_key():
    d: Dict[List[int], int] = {}
    return d


def get_wrong(d: Dict[str, int]):
    return d.get("a", "b")


for f in (wrong_key, wrong_value, attr, list_key, get_wrong):
    try:
        print(torch.jit.script(f).code)
    except Exception as e:
        print(f.__name__, type(e).__name__, str(e).strip())
