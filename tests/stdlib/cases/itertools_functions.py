from itertools import *
print(list(chain([1],[2,3])), list(chain.from_iterable(['ab','c'])), list(islice(count(5,2),4)), list(islice('abcdefg',1,None,2)))
print(list(accumulate([1,2,3])), list(accumulate([1,2,3], lambda a,b:a*b, initial=10)), list(compress('abc',[1,0,1])))
print(list(dropwhile(lambda x:x<3,[1,5,2])), list(takewhile(lambda x:x<3,[1,5,2])), list(filterfalse(None,[0,1,2])), list(starmap(pow,[(2,3),(3,2)])))
print(list(pairwise('abcd')), list(zip_longest([1,2,3],'a',fillvalue='-')), list(product('ab',[1,2])), list(product([0,1],repeat=2)))
print(list(permutations('abc',2)), list(permutations([1,2,3])), list(combinations('abcd',2)), list(combinations_with_replacement('abc',2)), list(combinations('ab', 3)))
print([(k,list(g)) for k,g in groupby('aabbbc')], [k for k,g in groupby([1,1,2])])
a,b=tee([1,2,3]); print(next(a), list(a), list(b), list(repeat(7,3)), list(islice(cycle('ab'),5)))
print(list(permutations([],0)), list(product()), list(combinations('abc',0)))
for e in ("islice([1],-1)", "combinations('a',-1)", "list(product([1],repeat=-1))", "chain(1).__next__()"):
    try: print(eval(e))
    except Exception as x: print(type(x).__name__, x)
