/** Tables by ASCII code: what begins a word, a number or an operator, and the operators themselves. */
import { T } from "./tokens.ts";

/** Character classes of ASCII: 1 identifier start, 2 digit, 3 operator. */
export const CLASS = new Uint8Array(128);
for (const c of "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_") CLASS[c.charCodeAt(0)] = 1;
for (const c of "0123456789") CLASS[c.charCodeAt(0)] = 2;
for (const c of "()[]{}:,;.+-*/|&<>=%~^@!") CLASS[c.charCodeAt(0)] = 3;

/** One-character operators. */
export const SINGLE = new Uint8Array(128);
/** The kind of the character followed by `=`, or 0. */
export const WITH_EQUAL = new Uint8Array(128);
/** The kind of the character doubled, or 0. */
export const DOUBLED = new Uint8Array(128);
function operators(table: Uint8Array, rows: [string, number][]): void {
  for (const [char, kind] of rows) table[char.charCodeAt(0)] = kind;
}
operators(SINGLE, [
  ["(", T.LPAR],
  [")", T.RPAR],
  ["[", T.LSQB],
  ["]", T.RSQB],
  ["{", T.LBRACE],
  ["}", T.RBRACE],
  [":", T.COLON],
  [",", T.COMMA],
  [";", T.SEMI],
  [".", T.DOT],
  ["+", T.PLUS],
  ["-", T.MINUS],
  ["*", T.STAR],
  ["/", T.SLASH],
  ["|", T.VBAR],
  ["&", T.AMPER],
  ["<", T.LESS],
  [">", T.GREATER],
  ["=", T.EQUAL],
  ["%", T.PERCENT],
  ["~", T.TILDE],
  ["^", T.CIRCUMFLEX],
  ["@", T.AT],
]);
operators(WITH_EQUAL, [
  ["+", T.PLUSEQUAL],
  ["-", T.MINUSEQUAL],
  ["*", T.STAREQUAL],
  ["@", T.ATEQUAL],
  ["/", T.SLASHEQUAL],
  ["%", T.PERCENTEQUAL],
  ["|", T.VBAREQUAL],
  ["^", T.CIRCUMFLEXEQUAL],
  ["&", T.AMPEREQUAL],
  ["=", T.EQEQUAL],
  ["!", T.NOTEQUAL],
  ["<", T.LESSEQUAL],
  [">", T.GREATEREQUAL],
  [":", T.COLONEQUAL],
]);
operators(DOUBLED, [["*", T.DOUBLESTAR], ["/", T.DOUBLESLASH], ["<", T.LSHIFT], [">", T.RSHIFT]]);
