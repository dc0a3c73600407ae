a = 1a
b = 0123
c = 0b12
d = 0o8
e = 0xg
f = 1__0
g = 1e+
h = "a" b"c"
i = b"é"
j = "\x1"
k = "\U00110000"
l = $
m = “n”
n = 'it's'
o = """never
closed
