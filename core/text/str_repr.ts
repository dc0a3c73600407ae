/** repr() and ascii() of str and bytes. */
import { isPrintable } from "./characters.ts";

const SHORT: Record<string, string> = { "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t" };

function hexEscape(code: number): string {
  if (code < 0x100) return "\\x" + code.toString(16).padStart(2, "0");
  if (code < 0x10000) return "\\u" + code.toString(16).padStart(4, "0");
  return "\\U" + code.toString(16).padStart(8, "0");
}

function quoted(s: string, asciiOnly: boolean): string {
  const quote = s.includes("'") && !s.includes('"') ? '"' : "'";
  if (/^[\x20-\x7e]*$/.test(s) && !s.includes("\\") && !s.includes(quote)) return quote + s + quote;
  let out = quote;
  for (const ch of s) {
    const code = ch.codePointAt(0)!;
    if (ch === quote) out += "\\" + ch;
    else if (SHORT[ch] !== undefined) out += SHORT[ch];
    else if (code < 127 && code >= 32) out += ch;
    else if (code < 160 || asciiOnly || !isPrintable(ch)) out += hexEscape(code);
    else out += ch;
  }
  return out + quote;
}

/** repr(str). */
export function strRepr(s: string): string {
  return quoted(s, false);
}

/** ascii(str): everything beyond ASCII escaped. */
export function strAscii(s: string): string {
  return quoted(s, true);
}

/** repr() escapes beyond ASCII in a text that is already a repr. */
export function escapeNonAscii(s: string): string {
  return s.replace(/[^\x00-\x7f]/gu, (ch) => hexEscape(ch.codePointAt(0)!));
}

/** repr(bytes): `b'...'`. */
export function bytesRepr(bytes: Uint8Array): string {
  const quote = bytes.includes(39) && !bytes.includes(34) ? '"' : "'";
  let out = "b" + quote;
  for (const c of bytes) {
    const ch = String.fromCharCode(c);
    if (ch === quote) out += "\\" + ch;
    else if (SHORT[ch] !== undefined) out += SHORT[ch];
    else if (c < 32 || c >= 127) out += hexEscape(c);
    else out += ch;
  }
  return out + quote;
}
