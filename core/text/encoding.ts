/** str.encode and bytes.decode for the encodings people use: utf-8, ascii, latin-1, utf-16, utf-32. */
import { RuntimeFault } from "../errors.ts";

/** UnicodeEncodeError or UnicodeDecodeError; the host raises its class with these arguments. */
export class UnicodeFault extends Error {
  override name = "UnicodeFault";
  constructor(
    readonly kind: "UnicodeEncodeError" | "UnicodeDecodeError",
    readonly encoding: string,
    /** What was being converted. */
    readonly object: string | Uint8Array,
    /** Range that cannot be converted: code points of a str, bytes of a bytes. */
    readonly start: number,
    readonly end: number,
    readonly reason: string,
  ) {
    super(messageOf(kind, encoding, object, start, end, reason));
  }
}

function messageOf(
  kind: string,
  encoding: string,
  object: string | Uint8Array,
  start: number,
  end: number,
  reason: string,
): string {
  const verb = kind === "UnicodeEncodeError" ? "encode" : "decode";
  if (end - start !== 1) {
    const what = verb === "encode" ? "characters" : "bytes";
    return `'${encoding}' codec can't ${verb} ${what} in position ${start}-${end - 1}: ${reason}`;
  }
  if (typeof object !== "string") {
    const byte = object[start].toString(16).padStart(2, "0");
    return `'${encoding}' codec can't decode byte 0x${byte} in position ${start}: ${reason}`;
  }
  const code = [...object][start].codePointAt(0)!;
  const escape = code < 0x100
    ? "\\x" + code.toString(16).padStart(2, "0")
    : code < 0x10000
    ? "\\u" + code.toString(16).padStart(4, "0")
    : "\\U" + code.toString(16).padStart(8, "0");
  return `'${encoding}' codec can't encode character '${escape}' in position ${start}: ${reason}`;
}

type Codec =
  | "utf-8"
  | "ascii"
  | "latin-1"
  | "utf-16"
  | "utf-16-le"
  | "utf-16-be"
  | "utf-32"
  | "utf-32-le"
  | "utf-32-be";

const ALIASES: Record<string, Codec> = {
  utf_8: "utf-8",
  utf8: "utf-8",
  u8: "utf-8",
  ascii: "ascii",
  us_ascii: "ascii",
  "646": "ascii",
  latin_1: "latin-1",
  latin1: "latin-1",
  iso_8859_1: "latin-1",
  iso8859_1: "latin-1",
  "8859": "latin-1",
  l1: "latin-1",
  utf_16: "utf-16",
  utf16: "utf-16",
  utf_16_le: "utf-16-le",
  utf_16le: "utf-16-le",
  utf_16_be: "utf-16-be",
  utf_16be: "utf-16-be",
  utf_32: "utf-32",
  utf32: "utf-32",
  utf_32_le: "utf-32-le",
  utf_32_be: "utf-32-be",
};

/** The codec of a name as people write it, or LookupError. */
function codecOf(name: string): Codec {
  const codec = ALIASES[name.toLowerCase().replace(/[-_ ]+/g, "_")];
  if (!codec) throw new RuntimeFault("LookupError", `unknown encoding: ${name}`);
  return codec;
}

function isSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdfff;
}

function handlerError(name: string): RuntimeFault {
  return new RuntimeFault("LookupError", `unknown error handler name '${name}'`);
}

/** str.encode. */
export function encodeStr(s: string, encoding = "utf-8", errors = "strict"): Uint8Array {
  const codec = codecOf(encoding);
  if (codec === "utf-8" && !/[\ud800-\udfff]/u.test(s)) return new TextEncoder().encode(s);
  const limit = codec === "ascii" ? 0x80 : codec === "latin-1" ? 0x100 : 0x110000;
  const reason = codec === "ascii"
    ? "ordinal not in range(128)"
    : codec === "latin-1"
    ? "ordinal not in range(256)"
    : "surrogates not allowed";
  const out: number[] = [];
  if (codec === "utf-16") out.push(0xff, 0xfe);
  if (codec === "utf-32") out.push(0xff, 0xfe, 0, 0);
  const chars = [...s];
  const bad = (code: number) => code >= limit || (limit > 0x100 && isSurrogate(code));
  for (let i = 0; i < chars.length; i++) {
    const code = chars[i].codePointAt(0)!;
    if (!bad(code)) {
      pushCode(out, codec, code);
      continue;
    }
    if (errors === "ignore") continue;
    let text = "";
    if (errors === "replace") text = "?";
    else if (errors === "backslashreplace") text = new BackslashEscape(code).text;
    else if (errors === "xmlcharrefreplace") text = `&#${code};`;
    else if (errors === "surrogateescape" && code >= 0xdc80 && code <= 0xdcff && codec !== "utf-16") {
      out.push(code - 0xdc00);
      continue;
    } else if (errors === "surrogatepass" && isSurrogate(code)) {
      pushCode(out, codec, code);
      continue;
    } else if (errors === "strict" || errors === "surrogateescape" || errors === "surrogatepass") {
      let end = i + 1;
      while (end < chars.length && bad(chars[end].codePointAt(0)!)) end++;
      throw new UnicodeFault("UnicodeEncodeError", codec, s, i, end, reason);
    } else throw handlerError(errors);
    for (const ch of text) pushCode(out, codec, ch.charCodeAt(0));
  }
  return Uint8Array.from(out);
}

class BackslashEscape {
  readonly text: string;
  constructor(code: number) {
    const hex = code.toString(16);
    this.text = code < 0x100
      ? "\\x" + hex.padStart(2, "0")
      : code < 0x10000
      ? "\\u" + hex.padStart(4, "0")
      : "\\U" + hex.padStart(8, "0");
  }
}

function pushCode(out: number[], codec: Codec, code: number): void {
  if (codec === "ascii" || codec === "latin-1") out.push(code);
  else if (codec === "utf-8") {
    if (code < 0x80) out.push(code);
    else if (code < 0x800) out.push(0xc0 | (code >> 6), 0x80 | (code & 63));
    else if (code < 0x10000) out.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
    else {out.push(
        0xf0 | (code >> 18),
        0x80 | ((code >> 12) & 63),
        0x80 | ((code >> 6) & 63),
        0x80 | (code & 63),
      );}
  } else if (codec.startsWith("utf-16")) {
    const units = code > 0xffff ? [0xd7c0 + (code >> 10), 0xdc00 + (code & 0x3ff)] : [code];
    for (const u of units) {
      if (codec === "utf-16-be") out.push(u >> 8, u & 255);
      else out.push(u & 255, u >> 8);
    }
  } else if (codec === "utf-32-be") out.push(code >>> 24, (code >> 16) & 255, (code >> 8) & 255, code & 255);
  else out.push(code & 255, (code >> 8) & 255, (code >> 16) & 255, code >>> 24);
}

/** bytes.decode. */
export function decodeBytes(bytes: Uint8Array, encoding = "utf-8", errors = "strict"): string {
  const codec = codecOf(encoding);
  if (codec === "utf-8") return decodeUtf8(bytes, errors);
  if (codec === "latin-1" || codec === "ascii") {
    let out = "";
    for (let i = 0; i < bytes.length; i++) {
      if (codec === "ascii" && bytes[i] > 127) {
        out += replacement(bytes, i, i + 1, codec, "ordinal not in range(128)", errors);
      } else out += String.fromCharCode(bytes[i]);
    }
    return out;
  }
  return decodeWide(bytes, codec, errors);
}

function decodeWide(bytes: Uint8Array, codec: Codec, errors: string): string {
  const size = codec.startsWith("utf-16") ? 2 : 4;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let little = !codec.endsWith("be"), at = 0;
  if (codec === "utf-16" || codec === "utf-32") {
    const mark = bytes.length < size ? 0 : size === 2 ? view.getUint16(0, true) : view.getUint32(0, true);
    if (mark === 0xfeff) at = size;
    else if (mark === (size === 2 ? 0xfffe : 0xfffe0000)) {
      little = false;
      at = size;
    }
  }
  // CPython names the byte order it settled on.
  if (codec === "utf-16" || codec === "utf-32") codec = `${codec}-${little ? "le" : "be"}`;
  let out = "";
  for (; at + size <= bytes.length; at += size) {
    if (size === 2) {
      const u = view.getUint16(at, little);
      if (!isSurrogate(u)) {
        out += String.fromCharCode(u);
        continue;
      }
      const low = at + 4 <= bytes.length ? view.getUint16(at + 2, little) : 0;
      if (u < 0xdc00 && low >= 0xdc00 && low <= 0xdfff) {
        out += String.fromCharCode(u, low);
        at += 2;
      } else {
        const reason = u >= 0xdc00 || low ? "illegal encoding" : "unexpected end of data";
        out += replacement(bytes, at, at + 2, codec, reason, errors);
      }
      continue;
    }
    const code = view.getUint32(at, little);
    if (code > 0x10ffff) {
      out += replacement(bytes, at, at + 4, codec, "code point not in range(0x110000)", errors);
    } else if (isSurrogate(code)) {
      out += replacement(
        bytes,
        at,
        at + 4,
        codec,
        "code point in surrogate code point range(0xd800, 0xe000)",
        errors,
      );
    } else out += String.fromCodePoint(code);
  }
  if (at < bytes.length) out += replacement(bytes, at, bytes.length, codec, "truncated data", errors);
  return out;
}

function replacement(
  bytes: Uint8Array,
  start: number,
  end: number,
  codec: string,
  reason: string,
  errors: string,
): string {
  if (errors === "ignore") return "";
  if (errors === "replace") return "\ufffd";
  if (errors === "backslashreplace") {
    return Array.from(bytes.slice(start, end), (b) => "\\x" + b.toString(16).padStart(2, "0")).join("");
  }
  if (errors === "surrogateescape") {
    return Array.from(bytes.slice(start, end), (b) => String.fromCharCode(0xdc00 + b)).join("");
  }
  if (errors !== "strict") throw handlerError(errors);
  throw new UnicodeFault("UnicodeDecodeError", codec, bytes, start, end, reason);
}

function decodeUtf8(bytes: Uint8Array, errors: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    // Falls through to the walk that finds the place.
  }
  let out = "", at = 0;
  while (at < bytes.length) {
    const b = bytes[at];
    if (b < 0x80) {
      out += String.fromCharCode(b);
      at++;
      continue;
    }
    const need = b >= 0xc2 && b <= 0xdf ? 1 : b >= 0xe0 && b <= 0xef ? 2 : b >= 0xf0 && b <= 0xf4 ? 3 : 0;
    if (need === 0) {
      out += replacement(bytes, at, at + 1, "utf-8", "invalid start byte", errors);
      at++;
      continue;
    }
    // The second byte's range is narrower after these: overlong forms, surrogates, beyond 0x10ffff.
    const low = b === 0xe0 ? 0xa0 : b === 0xf0 ? 0x90 : 0x80;
    const high = b === 0xed ? 0x9f : b === 0xf4 ? 0x8f : 0xbf;
    let n = 1;
    while (n <= need && at + n < bytes.length) {
      const c = bytes[at + n];
      if (n === 1 ? c < low || c > high : (c & 0xc0) !== 0x80) break;
      n++;
    }
    if (n <= need) {
      const cut = at + n >= bytes.length;
      out += replacement(
        bytes,
        at,
        at + n,
        "utf-8",
        cut ? "unexpected end of data" : "invalid continuation byte",
        errors,
      );
      at += n;
      continue;
    }
    let code = b & (need === 1 ? 31 : need === 2 ? 15 : 7);
    for (let i = 1; i <= need; i++) code = (code << 6) | (bytes[at + i] & 63);
    out += String.fromCodePoint(code);
    at += need + 1;
  }
  return out;
}
