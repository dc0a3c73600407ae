import torch
import os


def undefined(x):
    return nope(x)


def undefined_attribute(x):
    return torch.nope(x)


def python_module(x):
    return os.getcwd()


def python_builtin(x):
    return open("f")


def method_missing(x):
    return x.nope()


def int_method(n: int):
    return n.bit_length()


def str_method(s: str):
    return s.nope()


def list_method():
    return [1].nope()


def call_int(n: int):
    return n(3)


def call_none():
    x = None
    return x()


for f in (undefined, undefined_attribute, python_module, python_builtin, method_missing, int_method, str_method, list_method, call_int, call_none):
    try:
        print(torch.jit.script(f).code)
    except Exception as e:
        print(f.__name__, type(e).__name__, str(e).strip())
