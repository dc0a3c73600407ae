import itertools
import re

PATTERNS = [
    r"(a)?(?(1)b|c)", r"(a)?b?(?(1)c)", r"^(?P<o>\()?\w+(?(o)\)|!)$", r"(?:(a)|b)(?(1)c|d)", r"((a)|b)(?(2)(c)|d)",
    r"(a*)(?(1)b|c)", r"(?:(a)(?(1)b|c))+", r"(a)?(b)?(?(1)(?(2)c|d)|(?(2)e|f))", r"(?(1)a|b)(c)", r"()(?(1)a|b)",
    r"a++(?(1)x|b)(c)?", r"(?>(a)|b)(?(1)c|d)", r"(a)?(?(1)|b)c", r"(a)?(?(1)b|)c",
]
for p in PATTERNS:
    found = []
    for n in range(1, 5):
        for s in map("".join, itertools.product("abcd", repeat=n)):
            m = re.match(p, s)
            if m:
                found.append((s, m.group(), m.groups()))
    print(p, len(found), found[:6])
for s in ["(ab)", "ab!", "(ab", "ab)", "ab"]:
    print(s, re.match(PATTERNS[2], s))
print(re.sub(r"(<)?(\w)(?(1)>|;)", r"[\2]", "<a> b; <c d"), re.findall(r"(x)?(?(1)y|z)", "xyzxz"))
