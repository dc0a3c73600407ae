/** Where string literals and the literal parts of f-strings end. */

const LF = 10, CR = 13, BACKSLASH = 92, LBRACE = 123, RBRACE = 125, UPPER_N = 78;

function closes(text: string, pos: number, quote: number, triple: boolean): boolean {
  return !triple || (text.charCodeAt(pos + 1) === quote && text.charCodeAt(pos + 2) === quote);
}

/** Length of a backslash and what it escapes; `\` before CRLF takes both. */
function escapeLength(text: string, pos: number): number {
  return text.charCodeAt(pos + 1) === CR && text.charCodeAt(pos + 2) === LF ? 3 : 2;
}

/**
 * Offset past the closing quotes of a string whose body begins at `pos`; when there are none, the complement
 * (`~`) of the offset where the search stopped: the end of the line, or of the text.
 */
export function endOfString(text: string, pos: number, quote: number, triple: boolean): number {
  for (;;) {
    const c = text.charCodeAt(pos);
    if (c === BACKSLASH) pos += escapeLength(text, pos);
    else if (c === quote && closes(text, pos, quote, triple)) return pos + (triple ? 3 : 1);
    else if (pos >= text.length) return ~text.length;
    else if (!triple && (c === LF || c === CR)) return ~pos;
    else pos++;
  }
}

/**
 * Offset where the literal text at `pos` in an f-string stops: at a `{` or `}` that is not doubled (in a format
 * spec, at any), at the closing quotes, at the end of the line or of the text.
 */
export function endOfLiteral(
  text: string,
  pos: number,
  quote: number,
  triple: boolean,
  raw: boolean,
  inSpec: boolean,
): number {
  for (;;) {
    const c = text.charCodeAt(pos);
    if (c === LBRACE || c === RBRACE) {
      if (inSpec || text.charCodeAt(pos + 1) !== c) return pos;
      pos += 2;
    } else if (c === BACKSLASH) {
      const next = text.charCodeAt(pos + 1);
      if (next === LBRACE || next === RBRACE) pos++;
      else if (next === UPPER_N && !raw && text.charCodeAt(pos + 2) === LBRACE) {
        const close = text.indexOf("}", pos);
        pos = close === -1 ? pos + 3 : close + 1;
      } else pos += escapeLength(text, pos);
    } else if (c === quote && closes(text, pos, quote, triple)) {
      return pos;
    } else if (pos >= text.length) {
      return text.length;
    } else if (!triple && (c === LF || c === CR)) {
      return pos;
    } else {
      pos++;
    }
  }
}
