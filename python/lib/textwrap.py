"""Wrapping and indenting text."""

__all__ = ["TextWrapper", "wrap", "fill", "dedent", "indent", "shorten"]

_SPACES = "\t\n\x0b\x0c\r "


def _words(text):
    """Runs of spaces and runs of other characters."""
    start = 0
    for i in range(1, len(text) + 1):
        if i == len(text) or (text[i] in _SPACES) != (text[i - 1] in _SPACES):
            yield text[start:i]
            start = i


def _chunks(text, break_on_hyphens):
    """Words and the spaces between them; words are cut after hyphens within them."""
    out = []
    for piece in _words(text):
        if not break_on_hyphens or piece[0] in _SPACES:
            out.append(piece)
            continue
        start = 0
        for i in range(1, len(piece) - 2):
            # A hyphen between letters, two of them on either side at least.
            if piece[i] == "-" and piece[i - 1].isalpha() and piece[i + 1].isalpha():
                if i - start >= 2 and piece[i - 2].isalpha() and (piece[i + 2].isalpha() or piece[i + 2] == "-"):
                    out.append(piece[start:i + 1])
                    start = i + 1
        out.append(piece[start:])
    return out


class TextWrapper:
    """Breaks text into lines of at most `width` characters."""

    def __init__(
        self, width=70, initial_indent="", subsequent_indent="", expand_tabs=True, replace_whitespace=True,
        fix_sentence_endings=False, break_long_words=True, drop_whitespace=True, break_on_hyphens=True, tabsize=8, *,
        max_lines=None, placeholder=" [...]",
    ):
        self.width, self.initial_indent, self.subsequent_indent = width, initial_indent, subsequent_indent
        self.expand_tabs, self.replace_whitespace, self.tabsize = expand_tabs, replace_whitespace, tabsize
        self.fix_sentence_endings, self.break_long_words = fix_sentence_endings, break_long_words
        self.drop_whitespace, self.break_on_hyphens = drop_whitespace, break_on_hyphens
        self.max_lines, self.placeholder = max_lines, placeholder

    def _split(self, text):
        if self.expand_tabs:
            text = text.expandtabs(self.tabsize)
        if self.replace_whitespace:
            text = "".join([" " if c in _SPACES else c for c in text])
        return _chunks(text, self.break_on_hyphens)

    def wrap(self, text):
        """The lines, without newlines."""
        if self.width <= 0:
            raise ValueError(f"invalid width {self.width!r} (must be > 0)")
        chunks = self._split(text)[::-1]
        lines = []
        while chunks:
            indent = self.subsequent_indent if lines else self.initial_indent
            room = self.width - len(indent)
            if self.drop_whitespace and lines and not chunks[-1].strip():
                chunks.pop()
            line, length = [], 0
            while chunks and length + len(chunks[-1]) <= room:
                length += len(chunks[-1])
                line.append(chunks.pop())
            if chunks and len(chunks[-1]) > room:
                space = max(1, room) - length
                if self.break_long_words and space > 0:
                    word = chunks.pop()
                    line.append(word[:space])
                    chunks.append(word[space:])
                elif not line:
                    line.append(chunks.pop())
                length = sum(map(len, line))
            if self.drop_whitespace and line and not line[-1].strip():
                length -= len(line.pop())
            if not line:
                continue
            rest = [c for c in chunks if c.strip()] if self.drop_whitespace else chunks
            if self.max_lines is None or len(lines) + 1 < self.max_lines or (not rest and length <= room):
                lines.append(indent + "".join(line))
                continue
            while line:
                if line[-1].strip() and length + len(self.placeholder) <= room:
                    lines.append(indent + "".join(line) + self.placeholder)
                    break
                length -= len(line.pop())
            else:
                if lines and len(lines[-1].rstrip()) + len(self.placeholder) <= self.width:
                    lines[-1] = lines[-1].rstrip() + self.placeholder
                else:
                    lines.append(indent + self.placeholder.lstrip())
            break
        return lines

    def fill(self, text):
        return "\n".join(self.wrap(text))


def wrap(text, width=70, **kwargs):
    return TextWrapper(width=width, **kwargs).wrap(text)


def fill(text, width=70, **kwargs):
    return TextWrapper(width=width, **kwargs).fill(text)


def shorten(text, width, **kwargs):
    """The text in one line, cut at a word."""
    return TextWrapper(width=width, max_lines=1, **kwargs).fill(" ".join(text.strip().split()))


def dedent(text):
    """The text without the white space that all its lines begin with."""
    lines = text.split("\n")
    margin = None
    for i, line in enumerate(lines):
        rest = line.lstrip(" \t")
        if not rest:
            lines[i] = ""
            continue
        start = line[:len(line) - len(rest)]
        if margin is None:
            margin = start
        else:
            same = 0
            while same < len(margin) and same < len(start) and margin[same] == start[same]:
                same += 1
            margin = margin[:same]
    size = len(margin or "")
    return "\n".join([line[size:] for line in lines])


def indent(text, prefix, predicate=None):
    """Puts `prefix` before every line that is not blank."""
    keep = predicate or (lambda line: line.strip())
    return "".join([prefix + line if keep(line) else line for line in text.splitlines(True)])
