import re, weakref, contextlib
print(re.findall(r'(?<=a)b|(?<!a)c', 'abcacb'))
print(re.sub(r'''(?x) (\d+)  # digits
   \s* -''', r'<\1>', '12 - 3-'), re.findall(r'(?i:A)b', 'ab Ab AB'), re.match(r'(?P<x>a)(?P=x)', 'aa').group('x'))
print(re.match(r'(?>a+)b', 'aab'), re.match(r'a++b', 'aab'), re.match(r'a*+a', 'aaa'))
print(re.fullmatch(r'(?s).*', 'a\nb'), re.split(r'(,)|;', 'a,b;c'))
class Meta(type):
    def __new__(m, n, b, d, **k):
        c = super().__new__(m, n, b, d); c.kw = k; return c
    def __init__(c, n, b, d, **k): super().__init__(n, b, d)
    def __call__(c, *a): 
        o = super().__call__(*a); o.made = True; return o
    def __getitem__(c, i): return (c.__name__, i)
class Desc:
    def __set_name__(self, o, n): self.n = n
    def __get__(self, i, o): return self if i is None else i.__dict__.get(self.n, 'unset')
    def __set__(self, i, v): i.__dict__[self.n] = v
    def __delete__(self, i): del i.__dict__[self.n]
class A(metaclass=Meta, flag=1):
    d = Desc()
    def __init_subclass__(cls, /, tag=None, **k): super().__init_subclass__(**k); cls.tag = tag
    def __class_getitem__(cls, i): return 'never'
a = A(); print(A.kw, a.made, A['x'], a.d, A.d.n); a.d = 3; print(a.d); del a.d; print(a.d)
class B(A, tag='t', other=2): pass
