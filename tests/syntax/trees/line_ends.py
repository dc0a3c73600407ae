# BOM, CRLF, form feeds, lone CR
if x:
    y = """a
b"""


class A:

	def f(self): return "a\
b"
