match x:
    case 0 | -1 | 1.5 | 2 + 3j | -4 - 5j: pass
    case 'a' 'b' | b'c' | None | True | False: pass
    case A.b.c: pass
    case (a) if 1: pass
    case (a, b) if a > b: pass
    case [a, *_, b]: pass
    case a, *rest: pass
    case (): pass
    case []: pass
    case (a,): pass
    case {}: pass
    case {'a': 1, -2: b, A.c: [d], **rest}: pass
    case {None: _, **rest,}: pass
    case A(): pass
    case A.B(a, 1, c=d, e=[f],): pass
    case (1 | 2) as n: pass
    case [1 as a, (2 | 3) as b,] as c: pass
    case *a, b: pass
    case _: pass
match a, *b:
    case _: pass
match (a):
    case _: pass
match [a]:
    case case: pass
match -a:
    case match: pass
match not a:
    case _:
        pass
match match:
    case {'case': case}: match = case
match x,:
    case _ if (y := x): pass
