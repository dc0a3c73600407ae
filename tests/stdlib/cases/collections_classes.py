from collections import *
import collections.abc, copy
c = Counter('abracadabra'); print(c, c.most_common(2), c['zz'], c+Counter(a=1), c-Counter('aaab'), sorted(c.elements()), c.total())
d = defaultdict(list); d['a'].append(1); print(d, d['b'], dict(d), d.get('q'), defaultdict(int, x=1))
o = OrderedDict([('a',1),('b',2),('c',3)]); o.move_to_end('a'); print(o, list(o), o.popitem(False), o); o.move_to_end('a', last=False); print(o == OrderedDict(o), o == {'c':3,'a':1}, OrderedDict(a=1,b=2)==OrderedDict(b=2,a=1), o.copy(), list(reversed(o)))
q = deque([1,2,3], maxlen=3); q.append(4); q.appendleft(0); print(q, q[0], len(q), list(reversed(q)), q.rotate(1), q, deque('ab')+deque('c'), 3 in q, deque([1])<deque([2]), q.maxlen)
big = deque()
for i in range(100): big.append(i); big.appendleft(-i)
for i in range(90): big.popleft(); big.pop()
print(big, len(big))
P = namedtuple('P', 'x y z', defaults=[9]); p=P(1,2); print(p, p._replace(x=5), p._asdict(), P._fields, P._field_defaults, P._make([1,2,3]), p.x+p.y, p==(1,2,9), P.__doc__, P.x.__doc__, isinstance(p, tuple), hash(p)==hash((1,2,9)), P.__module__)
x,y,z = p; print(x,y,z, p[1:], len(p))
for e in ("P(1)","P(1,2,3,4)","P(1,2,w=3)","P(1,x=2)","namedtuple('A','a a')","namedtuple('A','_a')","namedtuple('A','class')","namedtuple('A','a class _b a', rename=True)._fields","deque().pop()","deque([1])[3]","p._replace(q=1)","P._make([1])","OrderedDict().popitem()"):
    try: print(eval(e))
    except Exception as x: print(type(x).__name__, x)
try: p.x = 3
except AttributeError as e: print(e)
m = ChainMap({'a':1},{'a':2,'b':3}); print(m['a'], m['b'], dict(m), len(m), m)
class D(UserDict): pass
u=D(a=1); u['b']=2; print(u, len(u), 'a' in u, dict(u), UserList([3,1])+[2], UserString('ab').upper())
print(isinstance([], collections.abc.Sequence), isinstance({}, collections.abc.Mapping), isinstance(iter([]), collections.abc.Iterator), isinstance(1, collections.abc.Hashable), isinstance([], collections.abc.Hashable), issubclass(dict, collections.abc.MutableMapping), isinstance(len, collections.abc.Callable), isinstance((i for i in []), collections.abc.Generator))
class S(collections.abc.Sequence):
    def __getitem__(self,i): return [1,2,3][i]
    def __len__(self): return 3
s=S(); print(list(s), 2 in s, s.index(3), list(reversed(s)), s.count(1))
try:
    class T(collections.abc.Mapping): pass
    T()
except TypeError as e: print(e)
class Node:
    def __init__(self): self.l=[1,[2]]; self.me=self
n=Node(); m2=copy.deepcopy(n); print(m2.me is m2, m2.l, m2.l is not n.l, copy.copy(n).l is n.l, copy.deepcopy((1,[2])), copy.copy([1]), copy.deepcopy(d), copy.deepcopy(o), copy.copy(q), copy.deepcopy(p))
class Sl:
    __slots__=('a','b')
a=Sl(); a.a=[1]; b=copy.deepcopy(a); print(b.a, b.a is a.a, hasattr(b,'b'))
class L(list): pass
l=L([1,2]); l.t=3; l2=copy.deepcopy(l); print(type(l2).__name__, l2, l2.t)
class Dd(dict): pass
l=Dd(a=[1]); l.t=3; l2=copy.copy(l); print(type(l2).__name__, l2, l2.t)
