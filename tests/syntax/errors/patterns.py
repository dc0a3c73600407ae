match x:
    case 1 as _: pass
    case A(b=1, 2): pass
    case 1 + 2: pass
    case f"a": pass
    case [a,: pass
