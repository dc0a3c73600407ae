import random
random.seed(0)
print(random.random(), random.randint(1,100), random.choice('abc'), random.sample(range(100),5), random.gauss(0,1), random.gauss(0,1), random.uniform(1,2))
l=list(range(10)); random.shuffle(l); print(l, random.getrandbits(100), random.randrange(0,100,7), random.choices([1,2,3],k=4), random.choices('ab',[1,9],k=3))
for s in ('hello', b'x', 12345678901234567890, -5, 1.5):
    random.seed(s); print(random.random(), random.getrandbits(32))
r=random.Random(42); print(r.random(), r.normalvariate(0,1), r.expovariate(2), r.betavariate(2,3), r.gammavariate(.5,1), r.triangular(), r.paretovariate(3), r.vonmisesvariate(1,2), r.weibullvariate(1,2), r.lognormvariate(0,1))
st=r.getstate(); a=r.random(); r.setstate(st); print(a==r.random(), r.randbytes(5), r.sample([1,2,3],2), r.sample('ab',3,counts=[2,3]), r.randrange(2**70))
for e in ("random.choice([])","random.randint(5,1)","random.sample([1],2)","random.sample({1},1)"):
    try: print(eval(e))
    except Exception as x: print(type(x).__name__, x)
