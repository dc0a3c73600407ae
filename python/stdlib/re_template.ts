/** Replacement templates of re.sub: text with `\1`, `\g<name>` and escapes. */
import { RegexError, type Translation } from "./re_syntax.ts";

/** Literal texts and group numbers, in order. */
export type Template = (string | number)[];

const ESCAPES: Record<string, string> = {
  a: "\x07",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
  "\\": "\\",
};

export function parseTemplate(text: string, pattern: Translation): Template {
  const out: Template = [];
  let literal = "";
  const fail = (message: string, position: number): never => {
    throw new RegexError(message, text, position);
  };
  const group = (number: number, position: number): void => {
    if (number > pattern.groups) fail(`invalid group reference ${number}`, position);
    if (literal) out.push(literal);
    literal = "";
    out.push(number);
  };
  for (let at = 0; at < text.length;) {
    const ch = text[at];
    if (ch !== "\\") {
      literal += ch;
      at++;
      continue;
    }
    const next = text[at + 1];
    if (next === undefined) fail("bad escape (end of pattern)", at);
    if (next === "g") {
      if (text[at + 2] !== "<") fail("missing <", at + 2);
      const end = text.indexOf(">", at + 3);
      const name = text.slice(at + 3, end === -1 ? undefined : end);
      if (end === -1) fail(name === "" ? "missing group name" : "missing >, unterminated name", at + 3);
      if (name === "") fail("missing group name", at + 3);
      if (/^[0-9]+$/.test(name)) group(Number(name), at + 3);
      else {
        if (!/^[\p{XID_Start}_][\p{XID_Continue}]*$/u.test(name)) {
          fail(`bad character in group name '${name}'`, at + 3);
        }
        const number = pattern.names.get(name);
        if (number === undefined) throw new UnknownGroup(name);
        group(number, at + 3);
      }
      at = end + 1;
    } else if (next >= "0" && next <= "9") {
      const octal = next === "0"
        ? /^0[0-7]{0,2}/.exec(text.slice(at + 1))
        : /^[0-3][0-7]{2}/.exec(text.slice(at + 1));
      if (octal) {
        literal += String.fromCharCode(parseInt(octal[0], 8));
        at += 1 + octal[0].length;
      } else {
        const digits = /^[0-9]{1,2}/.exec(text.slice(at + 1))![0];
        group(Number(digits), at + 1);
        at += 1 + digits.length;
      }
    } else {
      if (ESCAPES[next] !== undefined) literal += ESCAPES[next];
      else if (/[A-Za-z]/.test(next)) fail(`bad escape \\${next}`, at);
      else literal += "\\" + next;
      at += 2;
    }
  }
  if (literal) out.push(literal);
  return out;
}

/** `\g<name>` of a name the pattern does not have: an IndexError in Python. */
export class UnknownGroup extends Error {
  override name = "UnknownGroup";
}

export function expandTemplate(template: Template, group: (n: number) => string): string {
  let out = "";
  for (const part of template) out += typeof part === "string" ? part : group(part);
  return out;
}
