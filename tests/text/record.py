"""Records what CPython answers to the number and text rules: `python3 record.py` writes the *.json beside it.

A case is [function, arguments, answer]; an answer is a value or {"error": type, "message": text}.
Values: ints {"i": "12"}, floats {"f": float.hex()}, complex {"c": [hex, hex]}, bytes {"b": hex}; the rest is plain JSON.
"""
import json
import math
import os
import random
import struct

HERE = os.path.dirname(os.path.abspath(__file__))
rng = random.Random(20240229)


def encode(v):
    if v is None or isinstance(v, (bool, str)):
        return v
    if isinstance(v, int):
        return {"i": str(v) if abs(v) < 10**4000 else hex(v)}
    if isinstance(v, float):
        return {"f": v.hex()}
    if isinstance(v, complex):
        return {"c": [v.real.hex(), v.imag.hex()]}
    if isinstance(v, bytes):
        return {"b": v.hex()}
    if isinstance(v, (list, tuple)):
        return [encode(x) for x in v]
    raise TypeError(type(v))


class Recorder:
    def __init__(self, name, keep=1.0):
        self.name, self.cases, self.seen, self.keep = name, [], set(), keep
        self.sample = random.Random(name)

    def add(self, function, run, *args):
        row_key = function + repr(encode(args))
        if row_key in self.seen:
            return
        self.seen.add(row_key)
        if self.sample.random() > self.keep:
            return
        try:
            answer = encode(run(*args))
        except Exception as e:
            answer = {"error": type(e).__name__, "message": str(e)}
        self.cases.append([function, [encode(a) for a in args], answer])

    def write(self):
        with open(os.path.join(HERE, self.name + ".json"), "w") as f:
            f.write("[\n" + ",\n".join(json.dumps(c, ensure_ascii=True, separators=(",", ":")) for c in self.cases) + "\n]\n")
        print(self.name, len(self.cases))


def some_ints():
    edge = [0, 1, -1, 2, -2, 7, -7, 10, 255, -256, 2**31 - 1, 2**31, -2**31, 2**32, 2**53 - 1, 2**53, 2**53 + 1, -2**53,
            -2**53 + 1, 2**61 - 1, 2**61, 2**63 - 1, 2**63, -2**63, -2**63 - 1, 2**64, 10**18, 10**20, -10**20, 10**40, 3**200]
    return edge + [rng.choice([-1, 1]) * rng.getrandbits(rng.choice([3, 8, 20, 33, 52, 53, 54, 60, 63, 64, 70, 128, 500]))
                   for _ in range(60)]


def some_floats():
    edge = [0.0, -0.0, 1.0, -1.0, 0.5, 1.5, 2.5, -2.5, 0.1, 0.2, 0.3, 1 / 3, 2 / 3, 1e15, 1e16, 1e17, 123456789012345680.0,
            1e-4, 1e-5, 9.999e-5, 1e22, 1e23, 1e300, 1.7976931348623157e308, 5e-324, 2.2250738585072014e-308, 1e100,
            2.675, 1.005, 0.045, 0.125, 0.375, 1234.5, 99999.5, 999999.5, 9.5, 0.95, 12345678.9, 2.0**53, 2.0**53 + 2,
            math.inf, -math.inf, math.nan, 3.14159265358979, 100.0, 1e5, 123456.0, 1e6, 0.00012345, 4.35, 25.0, 35.0, 15.0]
    out = list(edge)
    for _ in range(60):
        out.append(struct.unpack("<d", struct.pack("<Q", rng.getrandbits(64)))[0])
        out.append(round(rng.uniform(-1000, 1000), rng.randint(0, 6)))
        out.append(rng.randint(-10**6, 10**6) / 2 ** rng.randint(0, 12))
    return out


def record_numbers():
    r = Recorder("numbers", 0.5)
    ints, floats = some_ints(), some_floats()
    binary = {
        "intAdd": lambda a, b: a + b, "intSub": lambda a, b: a - b, "intMul": lambda a, b: a * b,
        "intFloorDiv": lambda a, b: a // b, "intMod": lambda a, b: a % b, "intTrueDiv": lambda a, b: a / b,
        "intAnd": lambda a, b: a & b, "intOr": lambda a, b: a | b, "intXor": lambda a, b: a ^ b,
        "numLt": lambda a, b: a < b, "numLe": lambda a, b: a <= b, "numEq": lambda a, b: a == b, "intGcd": math.gcd,
    }
    wrap = lambda v: (v + 2**63) % 2**64 - 2**63
    for _ in range(1500):
        name = rng.choice(sorted(binary))
        r.add(name, binary[name], rng.choice(ints), rng.choice(ints))
    for _ in range(200):
        a, b = wrap(rng.choice(ints)), wrap(rng.choice(ints))
        r.add("addInt64", lambda x, y: wrap(x + y), a, b)
        r.add("subInt64", lambda x, y: wrap(x - y), a, b)
        r.add("mulInt64", lambda x, y: wrap(x * y), a, b)
    for a in ints:
        for f, run in (("intNeg", lambda a: -a), ("intInvert", lambda a: ~a), ("intAbs", abs), ("intBitLength", int.bit_length),
                       ("intBitCount", int.bit_count), ("hashInt", hash), ("intToFloat", float), ("intSqrt", math.isqrt)):
            r.add(f, run, a)
        n = rng.randint(-3, 140)
        r.add("intLshift", lambda a, n: a << n, a, n)
        r.add("intRshift", lambda a, n: a >> n, a, n)
        r.add("intPow", lambda a, n: a ** n, a, rng.randint(-4, 12))
        r.add("intPowMod", pow, a, rng.randint(-3, 50), rng.choice(ints))
        r.add("roundInt", round, a, rng.randint(-25, 2))
        r.add("intToBytes", lambda a, n, little, s: a.to_bytes(n, "little" if little else "big", signed=s), a,
              rng.randint(0, 12), rng.random() < .5, rng.random() < .7)
        r.add("intPow", lambda a, n: a ** n, rng.randint(-5, 5), rng.randint(-6, 70))
    r.add("intPow", lambda a, n: a ** n, 0, -1)
    r.add("intToFloat", float, 10**400)
    r.add("intTrueDiv", lambda a, b: a / b, 10**400, 3)
    r.add("intTrueDiv", lambda a, b: a / b, 3, 10**400)
    r.add("intTrueDiv", lambda a, b: a / b, 10**400, 10**399 * 7)
    for _ in range(300):
        bits = rng.randint(900, 1100)
        r.add("intTrueDiv", lambda a, b: a / b, rng.getrandbits(60) + 1, rng.getrandbits(bits) + 1)
        r.add("intTrueDiv", lambda a, b: a / b, rng.getrandbits(70), rng.getrandbits(70) + 1)
    for x in floats:
        for f, run in (("roundToInt", round), ("intFromFloat", int), ("floatAsIntegerRatio", float.as_integer_ratio),
                       ("floatHex", float.hex), ("floatRepr", repr), ("frexp", math.frexp)):
            r.add(f, run, x)
        if x == x:
            r.add("hashFloat", hash, x)
            r.add("floatFromHex", float.fromhex, x.hex())
        for n in (0, 1, 2, 3, 5, -1, -2, 15, 16, 22, rng.randint(-320, 330)):
            r.add("roundFloat", round, x, n)
        r.add("ldexp", math.ldexp, x, rng.randint(-1100, 200)) if abs(x) < 1e200 else None
    floatops = {
        "floatFloorDiv": lambda a, b: a // b, "floatMod": lambda a, b: a % b, "floatDivMod": divmod,
        "floatTrueDiv": lambda a, b: a / b, "floatPow": lambda a, b: a ** b, "numLt": lambda a, b: a < b,
        "numEq": lambda a, b: a == b,
    }
    small = [x for x in floats if x != x or abs(x) < 1e4 or abs(x) == math.inf]
    for _ in range(1500):
        name = rng.choice(sorted(floatops))
        r.add(name, floatops[name], rng.choice(floats if name != "floatPow" else small), rng.choice(small))
    for _ in range(300):
        a, b = rng.choice(ints), rng.choice(floats)
        r.add("numLt", lambda a, b: a < b, a, b)
        r.add("numEq", lambda a, b: a == b, a, b)
        r.add("numLe", lambda a, b: a <= b, b, a)
        r.add("numEq", lambda a, b: a == b, b, int(b) if math.isfinite(b) else a)
    zs = [complex(rng.choice(small), rng.choice(small)) for _ in range(60)]
    zs += [0j, 1j, -1j, 1 + 2j, complex(-0.0, 1), complex(0.0, -0.0), complex(math.nan, 1), complex(3, 4)]
    for z in zs:
        r.add("complexRepr", repr, z)
        r.add("complexAbs", abs, z)
        if z == z:
            r.add("hashNumber", hash, z)
        w = rng.choice(zs)
        r.add("complexMul", lambda a, b: a * b, z, w)
        r.add("complexDiv", lambda a, b: a / b, z, w)
        r.add("complexPow", lambda a, b: a ** b, z, complex(rng.randint(-5, 5)))
    r.add("complexPow", lambda a, b: a ** b, 0j, 1j)
    for t in ((), (1,), (1, 2), (1.5, 2, 3), (0, -1), (-2,), tuple(range(20)), (2**61, 2**70)):
        r.add("hashTuple", lambda hs: hash(tuple(hs)), [hash(x) for x in t])
    r.write()


def record_parsing():
    r = Recorder("parsing")
    ints = ["12", " 12 ", "-5", "+7", "", " ", "1_000", "1__0", "_1", "1_", "0x1f", "0X_1F", "0b101", "0o17", "010", "00", "0_0", "0_7",
            "z", "zZ", "1e5", "1.0", "--1", "+ 1", "99999999999999999999", "-9007199254740993", "abc", "0x", "0b", "0xg",
            "\u0661\u0662", "\t5\n", "5\x00", "'", "\u00b2", "1 2", "0b2", "0o8", "-0x1f", "-0", "\u30005\u3000", "9" * 4300, "9" * 4301]
    for s in ints:
        for base in (10, 0, 16, 2, 8, 36):
            r.add("intFromText", int, s, base)
    for base in (1, -1, 37):
        r.add("intFromText", int, "1", base)
    floats = ["1.5", " 1.5 ", "1e5", "1E-5", "1_000.5", "1__0.5", ".5", "5.", ".", "", "inf", "-Infinity", "nan", "+NaN", "-nan", "infin",
              "1e400", "-1e400", "1e-400", "0x1", "1.5j", "abc", "1e", "1e+", "1_e5", "_1", "1_.5", "1._5", "\u0661.\u0665", "--1",
              "4.9e-324", "2.5e-324", "2.4e-324", "179769313486231580793e289", "0.1", "123456789012345678901234567890", "1 2", "1\x00"]
    for s in floats:
        r.add("floatFromText", float, s)
    for s in ["1+2j", "1j", "j", "-j", "+j", "1", " (1+2j) ", "( 1+2j )", "1 +2j", "1+2", "1+2jj", "inf+nanj", "1e5j", "1e5-1e-5j", "infj",
              "", "()", "((1))", "1_0+2_0j", "nan", "1J", "abc", "1.5.5j", "-1.5-2.5j", "12j", "1+-2j", "+1-j", ".5j", "5.j"]:
        r.add("complexFromText", complex, s)
    for s in ["0x1.8p3", "1.8", "0x.1", "-0x1p-1074", "0x1p-1075", "0x1.8p-1075", "0x1.fffffffffffff8p1023", "0x1.fffffffffffff7p1023",
              "0x1p1024", "zz", "", "inf", "-nan", "0x", " 0x1 ", "0x1.00000000000008p0", "0x1.000000000000081p0", "0x1.00000000000018p0"]:
        r.add("floatFromHex", float.fromhex, s)
    r.add("intToString", str, 10**4299)
    r.add("intToString", str, 10**4300)
    r.write()


STRINGS = ["", "a", "abc", "Hello World", "  padded  ", "tab\tand\nnewline\r\n", "it's", 'say "hi"', "both ' and \"", "back\\slash",
           "\u00e9t\u00e9", "stra\u00dfe", "\u0130stanbul", "\u03a3\u03af\u03c3\u03c5\u03c6\u03bf\u03c2", "\u01c4 \u01c5 \u01c6", "\ufb01ne", "\U0001f600 smile \U0001f601", "a\U00010400b\U00010428", "\x00\x01\x1f\x7f\x80\xa0\xad",
           "\u200b\u2028\u2029\u3000x", "123", "12\u00b2\u00bd", "\u0661\u0662\u0663", "\u4e00\u4e8c", "a,b,,c", ",a,", "a b  c", "x" * 20, "aXbXc", "aaaa", "abcabcabc",
           "ABC", "Abc Def", "abc DEF ghi", "they're bill's", "_id9", "9id", "class", "\u00aa\u00ba", "\u2160\u2170", "\u24b6\u24d0", "\ud800lone", "a\x85b\x1cc\x0bd\x0ce",
           "one\ntwo\r\nthree\rfour\n", "prefix-body-suffix", "-42", "+42", "--x", "\u10d0\u10d1\u1c90", "\u1f80\u1f88\u1fb3\u1fbc\u1fb7", "\u0149\u01f0", "ma\u00f1ana", "\u13a0\uab70\u13f8", "nai\u0308ve", "\u2126\u00b5\u017f", "\ue000\U000e0001\u0378",
           "q\u0345\u0399"]


def record_strings():
    r = Recorder("strings", 0.3)
    unary = {
        "strCapitalize": str.capitalize, "strCasefold": str.casefold, "strLower": str.lower, "strUpper": str.upper,
        "strTitle": str.title, "strSwapcase": str.swapcase, "strIsalnum": str.isalnum, "strIsalpha": str.isalpha,
        "strIsascii": str.isascii, "strIsdecimal": str.isdecimal, "strIsdigit": str.isdigit, "strIsidentifier": str.isidentifier,
        "strIslower": str.islower, "strIsnumeric": str.isnumeric, "strIsprintable": str.isprintable, "strIsspace": str.isspace,
        "strIstitle": str.istitle, "strIsupper": str.isupper, "strRepr": repr, "strAscii": ascii, "strLength": len,
        "strStrip": str.strip, "strLstrip": str.lstrip, "strRstrip": str.rstrip, "strSplit": str.split,
        "strSplitlines": str.splitlines, "strExpandtabs": str.expandtabs, "encodeStr": str.encode,
    }
    for s in STRINGS:
        for name, run in unary.items():
            r.add(name, run, s)
        r.add("strSplitlines", str.splitlines, s, True)
        r.add("strRsplit", str.rsplit, s, None, 1)
        r.add("strSplit", str.split, s, None, 1)
        for width in (0, 3, 8, 13, 14, 25):
            for f in ("strLjust", "strRjust", "strCenter"):
                r.add(f, getattr(str, f[3:].lower()), s, width)
                r.add(f, getattr(str, f[3:].lower()), s, width, rng.choice("*-\u00e9\U0001f600"))
            r.add("strZfill", str.zfill, s, width)
        r.add("strCenter", str.center, s, 9, "ab")
        for sep in ("a", ",", "bc", "X", " ", "\n", "", "\U0001f600"):
            r.add("strPartition", str.partition, s, sep)
            r.add("strRpartition", str.rpartition, s, sep)
            for limit in (-1, 0, 1, 2):
                r.add("strSplit", str.split, s, sep, limit)
                r.add("strRsplit", str.rsplit, s, sep, limit)
                r.add("strReplace", str.replace, s, sep, "<>", limit)
            r.add("strStrip", str.strip, s, sep + "c ")
            r.add("strRemoveprefix", str.removeprefix, s, sep)
            r.add("strRemovesuffix", str.removesuffix, s, sep)
            for bounds in ((), (1,), (0, 2), (-3,), (-4, -1), (100,), (2, 1), (1, 100), (None, 2)):
                for f in ("Find", "Rfind", "Count", "Startswith", "Endswith", "Index", "Rindex"):
                    if rng.random() < 0.5:
                        r.add("str" + f, getattr(str, f.lower()), s, sep, *bounds)
        n = len(s)
        for _ in range(12):
            a, b = rng.choice([None, rng.randint(-n - 2, n + 2)]), rng.choice([None, rng.randint(-n - 2, n + 2)])
            c = rng.choice([1, 1, 2, 3, -1, -2])
            r.add("strSlice", lambda s, a, b, c: s[a:b:c], s, a, b, c)
        r.add("strCompare", lambda a, b: (a > b) - (a < b), s, rng.choice(STRINGS))
        for codec in ("ascii", "latin-1", "utf-8", "utf-16", "utf-16-be", "utf-32"):
            for errors in ("strict", "ignore", "replace", "backslashreplace", "xmlcharrefreplace"):
                r.add("encodeStr", str.encode, s, codec, errors)
    r.add("encodeStr", str.encode, "a", "klingon")
    r.add("encodeStr", str.encode, "\u00e9", "ascii", "nope")
    for hexed in ("", "6162", "c3a9", "c3", "e28282", "e282", "e2", "f09f9880", "f09f98", "80", "ff", "61ff62", "eda080", "c080", "e08080", "f4908080",
                  "f5808080", "efbbbf61", "61c328", "61e228a1", "f0288cbc", "00ff00"):
        for codec in ("utf-8", "ascii", "latin-1", "utf-16-le", "utf-16", "utf-32-le"):
            for errors in ("strict", "ignore", "replace", "backslashreplace"):
                r.add("decodeBytes", lambda b, c, e: b.decode(c, e), bytes.fromhex(hexed), codec, errors)
        r.add("bytesRepr", repr, bytes.fromhex(hexed))
    r.add("bytesRepr", repr, bytes(range(256)))
    r.add("bytesRepr", repr, b"it's")
    r.add("bytesRepr", repr, b"'\"")
    # One character at a time over the parts of Unicode that casing and classes are about.
    for start, stop in ((0, 0x250), (0x370, 0x530), (0x1e00, 0x2000), (0x2000, 0x2200), (0xfb00, 0xfb18), (0x10400, 0x10410)):
        for c in range(start, stop, 1 if start < 0x250 else 3):
            if c == 0x19B:  # Unicode 16 gave it a capital; CPython 3.11 knows Unicode 14.
                continue
            r.add("classes", lambda s: [getattr(s, m)() for m in METHODS] + [repr(s)], chr(c))
    r.write()


METHODS = ("isalnum isalpha isdecimal isdigit isidentifier islower isnumeric isprintable isspace istitle isupper "
           "lower upper title swapcase casefold capitalize").split()


def record_formatting():
    r = Recorder("formatting", 0.7)
    ints, floats = some_ints(), some_floats()
    def spec(types, precision=True):
        return (rng.choice(["", "", "<", ">", "^", "=", "*<", "x^", "0=", "0>", " =", "\u00e9>"]) + rng.choice(["", "", "+", "-", " "]) +
                rng.choice(["", "", "", "z"]) + rng.choice(["", "", "#"]) + rng.choice(["", "", "0"]) +
                rng.choice(["", "", "1", "5", "12", "20", "31"]) + rng.choice(["", "", ",", "_"]) +
                (rng.choice(["", "", ".0", ".1", ".3", ".6", ".17", ".25", "."]) if precision else "") + rng.choice(types))
    for _ in range(1800):
        r.add("formatInt", format, rng.choice(ints), spec(["", "d", "b", "o", "x", "X", "n", "c", "e", "f", "g", "%", "s"], rng.random() < .15))
        r.add("formatFloat", format, rng.choice(floats), spec(["", "e", "f", "g", "E", "F", "G", "%", "n", "d", "r"]))
    for _ in range(500):
        r.add("formatStr", format, rng.choice(STRINGS[:20]), spec(["", "s", "d"]))
        r.add("formatComplex", format, complex(rng.choice(floats), rng.choice(floats)), spec(["", "e", "f", "g", "G", "n", "%"]))
        r.add("formatBool", format, rng.random() < .5, spec(["", "d", "x", "s", "f"], False))
    for v, s in ((65, "c"), (-1, "c"), (1, ",,"), (1, ",_"), (1, "_,"), (1, "abc"), (1, "5 "), (1, "\x01"), (1, "\u00e9"), (1, "99999999999999999999")):
        r.add("formatInt", format, v, s)
    for x in floats:
        for p in (0, 1, 2, 3, 4, 6, 10, 17, 40, 110):
            for c in "efgEG":
                if rng.random() < .4:
                    r.add("formatC", lambda x, c, p, alt: (f"%{'#' if alt else ''}.{p}{c}") % x, x, c, p, rng.random() < .2)
    values = ints[:20] + floats[:40] + ["text", "\u00e9", 1 + 2j, True, None]
    def percent():
        return ("%" + rng.choice(["", "", "-", "0", "+", " ", "#", "-0", "+0", "#0"]) + rng.choice(["", "", "5", "12", "*"]) +
                rng.choice(["", "", "", ".0", ".3", ".*", "."]) + rng.choice(["", "", "l"]) + rng.choice("diouxXeEfFgGcrsa%ys"))
    for _ in range(1500):
        fmt = rng.choice(["", "x=", "\u00e9 "]) + percent() + rng.choice(["", "!", percent()])
        # A star takes a width from the arguments: keep those small enough to print.
        pool = [3, -5, 12, 0, "text", 1.5, True] if "*" in fmt else values
        args = [rng.choice(pool) for _ in range(fmt.count("%") + fmt.count("*") + rng.choice([0, 0, 0, 1, -1]))]
        r.add("percentFormat", lambda f, a: f % tuple(a), fmt, args)
    for fmt in ("%(a)s", "%(a)5d|", "%(a", "%(b)s", "%(a)s %s", "%%", "%(a)%", "%(a(b))s", "x", "%5%", "%", "%(a)*d"):
        r.add("percentMapping", lambda f: f % {"a": 7}, fmt)
    for fmt in ("{}", "{} {}", "{0} {1} {0}", "{1}{}", "{}{1}", "{a}", "{a} {}", "{", "}", "{{}}", "{{", "}}", "{0", "{!r}", "{0!s:>5}", "{!x}", "{!", "{!r",
                "{!r:", "{!rx}", "{:{}}", "{:{:{}}}", "{:>{w}}|", "{0[1]}", "{2[1]}", "{2[-1]}", "{2[}", "{2[]}", "{2[0]x}", "{a.}", "{5}", "{zz}", "{:{",
                "{:", "{a{b}}", "{:}}", "{ 0}", "{2!r:<20}|", "{!\u00e9}", "x{}y{}z", "{:+.2f}", "{0:x}", "{99999999999999999999}", "{[1]}", "{[1]}{}"):
        r.add("strFormat", lambda f: f.format(7, "text", [1, 2, 3], a="kw", w=6), fmt)
    r.write()


if __name__ == "__main__":
    record_numbers()
    record_parsing()
    record_strings()
    record_formatting()
