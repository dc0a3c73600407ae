"""Differences of sequences: longest matching blocks, ratios, and line by line reports."""

from collections import namedtuple

__all__ = [
    "get_close_matches", "ndiff", "restore", "SequenceMatcher", "Differ", "IS_CHARACTER_JUNK", "IS_LINE_JUNK",
    "context_diff", "unified_diff", "Match",
]

Match = namedtuple("Match", "a b size")


def IS_LINE_JUNK(line, pat=None):
    """Whether a line is blank or a lone '#'."""
    return line.strip() in ("", "#")


def IS_CHARACTER_JUNK(ch, ws=" \t"):
    """Whether a character is a blank or a tab."""
    return ch in ws


class SequenceMatcher:
    """Compares two sequences of hashable items: the longest block that both have, then what lies on either side of it."""

    def __init__(self, isjunk=None, a="", b="", autojunk=True):
        self.isjunk = isjunk
        self.autojunk = autojunk
        self.a = self.b = None
        self.set_seqs(a, b)

    def set_seqs(self, a, b):
        self.set_seq1(a)
        self.set_seq2(b)

    def set_seq1(self, a):
        if a is self.a:
            return
        self.a = a
        self._blocks = self._opcodes = None

    def set_seq2(self, b):
        if b is self.b:
            return
        self.b = b
        self._blocks = self._opcodes = self._counts = None
        self._index()

    def _index(self):
        """Where each item of b stands, junk and items that are everywhere left out."""
        where = self.b2j = {}
        for j, item in enumerate(self.b):
            where.setdefault(item, []).append(j)
        self.bjunk = {item for item in where if self.isjunk and self.isjunk(item)}
        for item in self.bjunk:
            del where[item]
        self.bpopular = set()
        n = len(self.b)
        if self.autojunk and n >= 200:
            self.bpopular = {item for item, at in where.items() if len(at) > n // 100 + 1}
            for item in self.bpopular:
                del where[item]

    def find_longest_match(self, alo=0, ahi=None, blo=0, bhi=None):
        """The longest block in a[alo:ahi] and b[blo:bhi]: the first in a, then in b, among the longest."""
        a, b, where, is_junk = self.a, self.b, self.b2j, self.bjunk.__contains__
        ahi = len(a) if ahi is None else ahi
        bhi = len(b) if bhi is None else bhi
        best_i, best_j, best = alo, blo, 0
        # Length of the match that ends at (i, j), for the row of i before.
        row = {}
        for i in range(alo, ahi):
            next_row = {}
            for j in where.get(a[i], ()):
                if j < blo:
                    continue
                if j >= bhi:
                    break
                size = next_row[j] = row.get(j - 1, 0) + 1
                if size > best:
                    best_i, best_j, best = i - size + 1, j - size + 1, size
            row = next_row
        # Popular items, then junk, extend a match but never begin one.
        for junk in (False, True):
            while best_i > alo and best_j > blo and is_junk(b[best_j - 1]) is junk and a[best_i - 1] == b[best_j - 1]:
                best_i, best_j, best = best_i - 1, best_j - 1, best + 1
            while (
                best_i + best < ahi
                and best_j + best < bhi
                and is_junk(b[best_j + best]) is junk
                and a[best_i + best] == b[best_j + best]
            ):
                best += 1
        return Match(best_i, best_j, best)

    def get_matching_blocks(self):
        """Matching blocks in order, neighbours joined; the last one is empty and stands at both ends."""
        if self._blocks is not None:
            return self._blocks
        ranges = [(0, len(self.a), 0, len(self.b))]
        found = []
        while ranges:
            alo, ahi, blo, bhi = ranges.pop()
            i, j, size = block = self.find_longest_match(alo, ahi, blo, bhi)
            if not size:
                continue
            found.append(block)
            if alo < i and blo < j:
                ranges.append((alo, i, blo, j))
            if i + size < ahi and j + size < bhi:
                ranges.append((i + size, ahi, j + size, bhi))
        found.sort()
        joined = []
        for i, j, size in found:
            if joined and joined[-1][0] + joined[-1][2] == i and joined[-1][1] + joined[-1][2] == j:
                joined[-1] = (joined[-1][0], joined[-1][1], joined[-1][2] + size)
            else:
                joined.append((i, j, size))
        joined.append((len(self.a), len(self.b), 0))
        self._blocks = [Match(*block) for block in joined]
        return self._blocks

    def get_opcodes(self):
        """(tag, i1, i2, j1, j2) of what turns a into b: equal, replace, delete and insert."""
        if self._opcodes is not None:
            return self._opcodes
        self._opcodes = out = []
        i = j = 0
        for ai, bj, size in self.get_matching_blocks():
            tag = {(True, True): "replace", (True, False): "delete", (False, True): "insert"}.get((i < ai, j < bj))
            if tag:
                out.append((tag, i, ai, j, bj))
            i, j = ai + size, bj + size
            if size:
                out.append(("equal", ai, i, bj, j))
        return out

    def get_grouped_opcodes(self, n=3):
        """The changes in groups with at most n equal items around each."""
        codes = list(self.get_opcodes()) or [("equal", 0, 1, 0, 1)]
        if codes[0][0] == "equal":
            tag, i1, i2, j1, j2 = codes[0]
            codes[0] = tag, max(i1, i2 - n), i2, max(j1, j2 - n), j2
        if codes[-1][0] == "equal":
            tag, i1, i2, j1, j2 = codes[-1]
            codes[-1] = tag, i1, min(i2, i1 + n), j1, min(j2, j1 + n)
        group = []
        for tag, i1, i2, j1, j2 in codes:
            if tag == "equal" and i2 - i1 > n + n:
                group.append((tag, i1, min(i2, i1 + n), j1, min(j2, j1 + n)))
                yield group
                group = []
                i1, j1 = max(i1, i2 - n), max(j1, j2 - n)
            group.append((tag, i1, i2, j1, j2))
        if group and not (len(group) == 1 and group[0][0] == "equal"):
            yield group

    def _ratio_of(self, matches):
        total = len(self.a) + len(self.b)
        return 2.0 * matches / total if total else 1.0

    def ratio(self):
        """Twice the matching items over all items."""
        return self._ratio_of(sum(block[2] for block in self.get_matching_blocks()))

    def quick_ratio(self):
        """An upper bound of ratio: items in common, in whatever order."""
        if self._counts is None:
            self._counts = {}
            for item in self.b:
                self._counts[item] = self._counts.get(item, 0) + 1
        left, matches = {}, 0
        for item in self.a:
            n = left.get(item, self._counts.get(item, 0))
            left[item] = n - 1
            if n > 0:
                matches += 1
        return self._ratio_of(matches)

    def real_quick_ratio(self):
        """A quicker upper bound: by the lengths alone."""
        return self._ratio_of(min(len(self.a), len(self.b)))


def get_close_matches(word, possibilities, n=3, cutoff=0.6):
    """At most n of the possibilities that are like the word, the best first."""
    if not n > 0:
        raise ValueError(f"n must be > 0: {n!r}")
    if not 0.0 <= cutoff <= 1.0:
        raise ValueError(f"cutoff must be in [0.0, 1.0]: {cutoff!r}")
    matcher = SequenceMatcher()
    matcher.set_seq2(word)
    scored = []
    for x in possibilities:
        matcher.set_seq1(x)
        if matcher.real_quick_ratio() >= cutoff and matcher.quick_ratio() >= cutoff and matcher.ratio() >= cutoff:
            scored.append((matcher.ratio(), x))
    return [x for _, x in sorted(scored, reverse=True)[:n]]


class Differ:
    """Reports how lines became others: '- ', '+ ', '  ', and '? ' lines that point at what changed in a line."""

    # Lines less alike than this are not shown as one that changed.
    _LIKE = 0.75

    def __init__(self, linejunk=None, charjunk=None):
        self.linejunk = linejunk
        self.charjunk = charjunk

    def compare(self, a, b):
        for tag, alo, ahi, blo, bhi in SequenceMatcher(self.linejunk, a, b).get_opcodes():
            if tag == "replace":
                yield from self._replaced(a, alo, ahi, b, blo, bhi)
            elif tag == "delete":
                yield from self._marked("-", a, alo, ahi)
            elif tag == "insert":
                yield from self._marked("+", b, blo, bhi)
            else:
                yield from self._marked(" ", a, alo, ahi)

    def _marked(self, mark, lines, lo, hi):
        for i in range(lo, hi):
            yield f"{mark} {lines[i]}"

    def _plain(self, a, alo, ahi, b, blo, bhi):
        """The shorter block first, which keeps the report compact."""
        first, second = self._marked("+", b, blo, bhi), self._marked("-", a, alo, ahi)
        if bhi - blo >= ahi - alo:
            first, second = second, first
        yield from first
        yield from second

    def _most_alike(self, a, alo, ahi, b, blo, bhi):
        """(ratio, i, j) of the two lines most alike, and the first pair of equal ones."""
        best, at, equal = self._LIKE - 0.01, None, None
        matcher = SequenceMatcher(self.charjunk)
        for j in range(blo, bhi):
            matcher.set_seq2(b[j])
            for i in range(alo, ahi):
                if a[i] == b[j]:
                    if equal is None:
                        equal = i, j
                    continue
                matcher.set_seq1(a[i])
                if matcher.real_quick_ratio() > best and matcher.quick_ratio() > best and matcher.ratio() > best:
                    best, at = matcher.ratio(), (i, j)
        return best, at, equal

    def _replaced(self, a, alo, ahi, b, blo, bhi):
        best, at, equal = self._most_alike(a, alo, ahi, b, blo, bhi)
        if best < self._LIKE:
            if equal is None:
                yield from self._plain(a, alo, ahi, b, blo, bhi)
                return
            at = equal
        else:
            equal = None
        i, j = at
        yield from self._around(a, alo, i, b, blo, j)
        if equal is None:
            yield from self._changed(a[i], b[j])
        else:
            yield "  " + a[i]
        yield from self._around(a, i + 1, ahi, b, j + 1, bhi)

    def _around(self, a, alo, ahi, b, blo, bhi):
        if alo < ahi and blo < bhi:
            yield from self._replaced(a, alo, ahi, b, blo, bhi)
        elif alo < ahi:
            yield from self._marked("-", a, alo, ahi)
        elif blo < bhi:
            yield from self._marked("+", b, blo, bhi)

    def _changed(self, old, new):
        """One line before and after, with marks under what was replaced, deleted and added."""
        old_marks = new_marks = ""
        for tag, i1, i2, j1, j2 in SequenceMatcher(self.charjunk, old, new).get_opcodes():
            n, m = i2 - i1, j2 - j1
            old_marks += {"replace": "^", "delete": "-", "insert": "", "equal": " "}[tag] * n
            new_marks += {"replace": "^", "delete": "", "insert": "+", "equal": " "}[tag] * m
        yield "- " + old
        if under := _under(old, old_marks):
            yield f"? {under}\n"
        yield "+ " + new
        if under := _under(new, new_marks):
            yield f"? {under}\n"


def _under(line, marks):
    """The marks, with the line's own white space where there is none."""
    return "".join(c if mark == " " and c.isspace() else mark for c, mark in zip(line, marks)).rstrip()


def ndiff(a, b, linejunk=None, charjunk=IS_CHARACTER_JUNK):
    """Lines of the report of a Differ."""
    return Differ(linejunk, charjunk).compare(a, b)


def restore(delta, which):
    """The first (1) or second (2) sequence out of a report of ndiff."""
    try:
        mark = {1: "- ", 2: "+ "}[int(which)]
    except KeyError:
        raise ValueError(f"unknown delta choice (must be 1 or 2): {which!r}") from None
    for line in delta:
        if line[:2] in ("  ", mark):
            yield line[2:]


def _heading(mark, name, date, lineterm):
    return f"{mark} {name}{chr(9) + date if date else ''}{lineterm}"


def unified_diff(a, b, fromfile="", tofile="", fromfiledate="", tofiledate="", n=3, lineterm="\n"):
    """Changes as `diff -u` prints them."""

    def span(start, stop):
        length = stop - start
        if length == 1:
            return str(start + 1)
        return f"{start + 1 if length else start},{length}"

    started = False
    for group in SequenceMatcher(None, a, b).get_grouped_opcodes(n):
        if not started:
            started = True
            yield _heading("---", fromfile, fromfiledate, lineterm)
            yield _heading("+++", tofile, tofiledate, lineterm)
        first, last = group[0], group[-1]
        yield f"@@ -{span(first[1], last[2])} +{span(first[3], last[4])} @@{lineterm}"
        for tag, i1, i2, j1, j2 in group:
            if tag == "equal":
                yield from (" " + line for line in a[i1:i2])
                continue
            if tag in ("replace", "delete"):
                yield from ("-" + line for line in a[i1:i2])
            if tag in ("replace", "insert"):
                yield from ("+" + line for line in b[j1:j2])


def context_diff(a, b, fromfile="", tofile="", fromfiledate="", tofiledate="", n=3, lineterm="\n"):
    """Changes as `diff -c` prints them."""

    def span(start, stop):
        length = stop - start
        if length <= 1:
            return str(start + length)
        return f"{start + 1},{stop}"

    marks = {"insert": "+ ", "delete": "- ", "replace": "! ", "equal": "  "}
    started = False
    for group in SequenceMatcher(None, a, b).get_grouped_opcodes(n):
        if not started:
            started = True
            yield _heading("***", fromfile, fromfiledate, lineterm)
            yield _heading("---", tofile, tofiledate, lineterm)
        first, last = group[0], group[-1]
        yield "***************" + lineterm
        yield f"*** {span(first[1], last[2])} ****{lineterm}"
        if any(tag in ("replace", "delete") for tag, *_ in group):
            for tag, i1, i2, _, _ in group:
                if tag != "insert":
                    yield from (marks[tag] + line for line in a[i1:i2])
        yield f"--- {span(first[3], last[4])} ----{lineterm}"
        if any(tag in ("replace", "insert") for tag, *_ in group):
            for tag, _, _, j1, j2 in group:
                if tag != "delete":
                    yield from (marks[tag] + line for line in b[j1:j2])
