/** Case mapping and the is...() tests of str. */
import { decimalValue, isPrintable, isSpaceCode } from "./characters.ts";

const ASCII = /^[\x00-\x7f]*$/;

export function strLower(s: string): string {
  return s.toLowerCase();
}

export function strUpper(s: string): string {
  return s.toUpperCase();
}

/** Title case of one character: the few digraphs that have their own, else capitals. */
function titleCharacter(ch: string): string {
  const code = ch.codePointAt(0)!;
  if (code >= 0x1c4 && code <= 0x1cc) return String.fromCharCode(code - ((code - 0x1c4) % 3) + 1);
  if (code >= 0x1f1 && code <= 0x1f3) return "\u01f2";
  // Georgian small letters have capitals but keep their own form in titles.
  if ((code >= 0x10d0 && code <= 0x10fa) || (code >= 0x10fd && code <= 0x10ff)) return ch;
  if (code >= 0x1f80 && code <= 0x1fff) {
    const single = GREEK_TITLE.get(code);
    if (single !== undefined) return single;
  }
  const upper = ch.toUpperCase();
  // Capitals of several letters (the German sharp s, ligatures) keep only the first one large.
  if (upper.length > ch.length && [...upper].length > 1) {
    const [first, ...rest] = upper;
    if (code === 0x149) return upper;
    if (code >= 0x1f80) {
      return code < 0x2000 ? upper.replace(/\u0399$/, "\u0345") : first + rest.join("").toLowerCase();
    }
    return first + rest.join("").toLowerCase();
  }
  return upper;
}

/** Greek letters with iota subscript, whose title form is one code point. */
const GREEK_TITLE: { get(code: number): string | undefined } = {
  get(code) {
    if (code <= 0x1faf) return String.fromCharCode(code | 8);
    if (code === 0x1fb3 || code === 0x1fbc) return "\u1fbc";
    if (code === 0x1fc3 || code === 0x1fcc) return "\u1fcc";
    if (code === 0x1ff3 || code === 0x1ffc) return "\u1ffc";
    return undefined;
  },
};

export function strCapitalize(s: string): string {
  if (s === "") return s;
  if (ASCII.test(s)) return s[0].toUpperCase() + s.slice(1).toLowerCase();
  const first = String.fromCodePoint(s.codePointAt(0)!);
  // Lowered as one text, so that a final sigma sees what stands before it.
  const lowered = s.toLowerCase();
  return titleCharacter(first) + lowered.slice(first.toLowerCase().length);
}

function isCased(ch: string): boolean {
  const c = ch.charCodeAt(0);
  if (c < 128) return (c >= 65 && c <= 90) || (c >= 97 && c <= 122);
  return casedPattern().test(ch);
}

let cased: RegExp | undefined;
function casedPattern(): RegExp {
  return cased ??= /[\p{Lowercase}\p{Uppercase}\p{Lt}]/u;
}

export function strTitle(s: string): string {
  const lowered = s.toLowerCase();
  const sameLength = lowered.length === s.length;
  let out = "", previousCased = false, at = 0;
  for (const ch of s) {
    if (!isCased(ch)) out += ch;
    else if (previousCased) out += sameLength ? lowered.slice(at, at + ch.length) : ch.toLowerCase();
    else out += titleCharacter(ch);
    previousCased = isCased(ch);
    at += ch.length;
  }
  return out;
}

export function strSwapcase(s: string): string {
  const lowered = s.toLowerCase();
  const sameLength = lowered.length === s.length;
  let out = "", at = 0;
  for (const ch of s) {
    if (/\p{Lowercase}/u.test(ch)) out += ch.toUpperCase();
    else if (!/\p{Uppercase}/u.test(ch)) out += ch;
    else out += sameLength ? lowered.slice(at, at + ch.length) : ch.toLowerCase();
    at += ch.length;
  }
  return out;
}

/** Full case folding: lower case of the upper case, which covers what lower() leaves apart. */
export function strCasefold(s: string): string {
  if (ASCII.test(s)) return s.toLowerCase();
  let out = "";
  for (const ch of s) {
    const code = ch.codePointAt(0)!;
    if (code === 0x130) out += "i\u0307";
    else if (code === 0x131) out += ch;
    else if ((code >= 0x13a0 && code <= 0x13f5)) out += ch;
    else if (code >= 0x13f8 && code <= 0x13fd) out += String.fromCharCode(code - 8);
    else if (code >= 0xab70 && code <= 0xabbf) out += String.fromCharCode(code - 0xab70 + 0x13a0);
    else {
      for (const up of ch.toUpperCase()) out += up.toLowerCase();
    }
  }
  return out;
}

function every(s: string, pattern: RegExp): boolean {
  return s !== "" && pattern.test(s);
}

/** Code points that have a numeric digit value without being decimal digits: superscripts, circled digits. */
const DIGITS =
  "\\xb2\\xb3\\xb9\\u1369-\\u1371\\u19da\\u2070\\u2074-\\u2079\\u2080-\\u2089\\u2460-\\u2468\\u2474-\\u247c" +
  "\\u2488-\\u2490\\u24ea\\u24f5-\\u24fd\\u24ff\\u2776-\\u277e\\u2780-\\u2788\\u278a-\\u2792" +
  "\\u{10a40}-\\u{10a43}\\u{10e60}-\\u{10e68}\\u{11052}-\\u{1105a}\\u{1f100}-\\u{1f10a}";

/** Ideographs that stand for numbers. */
const NUMBER_IDEOGRAPHS =
  "\\u3405\\u3483\\u382a\\u3b4d\\u4e00\\u4e03\\u4e07\\u4e09\\u4e5d\\u4e8c\\u4e94\\u4e96\\u4ebf-\\u4ec0\\u4edf" +
  "\\u4ee8\\u4f0d\\u4f70\\u5104\\u5146\\u5169\\u516b\\u516d\\u5341\\u5343-\\u5345\\u534c\\u53c1-\\u53c4\\u56db" +
  "\\u58f1\\u58f9\\u5e7a\\u5efe-\\u5eff\\u5f0c-\\u5f0e\\u5f10\\u62fe\\u634c\\u67d2\\u6f06\\u7396\\u767e\\u8086" +
  "\\u842c\\u8cae\\u8cb3\\u8d30\\u9621\\u9646\\u964c\\u9678\\u96f6\\uf96b\\uf973\\uf978\\uf9b2\\uf9d1\\uf9d3\\uf9fd" +
  "\\u{20001}\\u{20064}\\u{200e2}\\u{20121}\\u{2092a}\\u{20983}\\u{2098c}\\u{2099c}\\u{20aea}\\u{20afd}" +
  "\\u{20b19}\\u{22390}\\u{22998}\\u{23b1b}\\u{2626d}\\u{2f890}";

let digitPattern: RegExp | undefined;
let numericPattern: RegExp | undefined;

export function strIsalpha(s: string): boolean {
  return ASCII.test(s) ? every(s, /^[A-Za-z]+$/) : /^\p{L}+$/u.test(s);
}

export function strIsdecimal(s: string): boolean {
  return every(s, /^\p{Nd}+$/u);
}

export function strIsdigit(s: string): boolean {
  if (ASCII.test(s)) return every(s, /^[0-9]+$/);
  digitPattern ??= new RegExp(`^[\\p{Nd}${DIGITS}]+$`, "u");
  return digitPattern.test(s);
}

export function strIsnumeric(s: string): boolean {
  if (ASCII.test(s)) return every(s, /^[0-9]+$/);
  numericPattern ??= new RegExp(`^[\\p{N}${NUMBER_IDEOGRAPHS}]+$`, "u");
  return numericPattern.test(s);
}

export function strIsalnum(s: string): boolean {
  if (ASCII.test(s)) return every(s, /^[A-Za-z0-9]+$/);
  if (s === "") return false;
  for (const ch of s) if (!/\p{L}/u.test(ch) && !strIsnumeric(ch)) return false;
  return true;
}

export function strIsascii(s: string): boolean {
  return ASCII.test(s);
}

export function strIsspace(s: string): boolean {
  if (s === "") return false;
  for (let i = 0; i < s.length; i++) if (!isSpaceCode(s.charCodeAt(i))) return false;
  return true;
}

export function strIsprintable(s: string): boolean {
  for (const ch of s) if (!isPrintable(ch)) return false;
  return true;
}

/** Whether there is a cased character and every one satisfies `test`. */
function allCased(s: string, small: boolean): boolean {
  let any = false;
  for (const ch of s) {
    const upper = /\p{Uppercase}/u.test(ch), lower = /\p{Lowercase}/u.test(ch);
    if (/\p{Lt}/u.test(ch) || (small ? upper : lower)) return false;
    if (small ? lower : upper) any = true;
  }
  return any;
}

export function strIslower(s: string): boolean {
  return ASCII.test(s) ? /[a-z]/.test(s) && !/[A-Z]/.test(s) : allCased(s, true);
}

export function strIsupper(s: string): boolean {
  return ASCII.test(s) ? /[A-Z]/.test(s) && !/[a-z]/.test(s) : allCased(s, false);
}

export function strIstitle(s: string): boolean {
  let previousCased = false, any = false;
  for (const ch of s) {
    if (/[\p{Uppercase}\p{Lt}]/u.test(ch)) {
      if (previousCased) return false;
      previousCased = any = true;
    } else if (/\p{Lowercase}/u.test(ch)) {
      if (!previousCased) return false;
      any = true;
    } else previousCased = false;
  }
  return any;
}

export function strIsidentifier(s: string): boolean {
  return /^[\p{XID_Start}_][\p{XID_Continue}]*$/u.test(s);
}

/** unicodedata.decimal of one character, -1 when it has none. */
export { decimalValue };
