import torch


@torch.jit.script
def numbers():
    return 0x1F, 0b101, 0o17, 1_000_000, 1e3, 1.5e-3, .5, 5., 1j, 2.5j


@torch.jit.script
def strings():
    a = "double" 'single'
    b = """three
lines"""
    c = r"raw\n"
    d = "tab\tnl\n\\q\x41\u00e9"
    return a, b, c, d


@torch.jit.script
def constants():
    return True, False, None


print(numbers())
print(strings())
print(constants())
print(strings.code)
print(numbers.code)
