match x:
    case a: pass
    case a | b: pass
    case (c, c): pass
    case {"a": 1, "a": 2}: pass
    case A(b=1, b=2): pass
    case [*a, *b]: pass
