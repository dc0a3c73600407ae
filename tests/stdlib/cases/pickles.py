"""Pickles of every kind of object: CPython gives the same bytes."""

import pickle, collections, enum, dataclasses, datetime
class A:
    def __init__(self): self.x=1; self.y=[1,2]
    def __eq__(self,o): return self.__dict__==o.__dict__
class S(A):
    __slots__=("z",)
class St:
    def __init__(self): self.a=5
    def __getstate__(self): return {"b":self.a}
    def __setstate__(self, s): self.a=s["b"]*2
class L(list): pass
class D(dict): pass
class C(enum.Enum):
    R=1
@dataclasses.dataclass
class DC:
    a: int
    b: str
P=collections.namedtuple("P","a b")
class R:
    def __init__(self,v): self.v=v
    def __reduce__(self): return (R,(self.v+1,))
a=[1,2]; a.append(a)
for proto in (2,3,4,5):
    for o in (None,True,1,-1,255,256,65535,65536,-129,2**40,-2**40,10**50,1.5,float("inf"),"abc","é"*300,b"abc",b"",b"\xff"*300,(),(1,),(1,2),(1,2,3),(1,2,3,4),[],[1],[1,2],{}, {"a":1},{"a":1,"b":[2]},{1,2},frozenset([1]),1+2j,bytearray(b"xx"),range(3),slice(1,2),A(),L([1,2]),D(a=1),C.R,DC(1,"x"),P(1,2),collections.OrderedDict(a=1,b=2),collections.defaultdict(list,{1:[2]}),collections.deque([1,2]),int,len,A,list(range(2500)),collections.Counter("aab")):
        b=pickle.dumps(o,proto)
        q=pickle.loads(b)
        print(proto, type(o).__name__, q==o, type(q)==type(o), len(b), b.hex()[:120] if len(b)<60 else "")
    s=pickle.loads(pickle.dumps(St(),proto)); print(s.a)
    print(pickle.loads(pickle.dumps(R(1),proto)).v)
    q=pickle.loads(pickle.dumps(a,proto)); print(q[2] is q)
    x=[1]; q=pickle.loads(pickle.dumps([x,x],proto)); print(q[0] is q[1])
    l=L([1]); l.foo=3; print(pickle.loads(pickle.dumps(l,proto)).foo)
for bad in (b"", b"abc", b"\x80\x02K", b"\x80\x09.", b"\x80\x02(."):
    try: print(pickle.loads(bad))
    except Exception as e: print(type(e).__name__, e)
