/** The Unicode character names that model code uses in `\N{...}`: Greek and Latin letters by rule, a few signs. */

const SIGNS: Record<string, number> = {
  "BULLET": 0x2022,
  "DEGREE SIGN": 0xb0,
  "PLUS-MINUS SIGN": 0xb1,
  "MICRO SIGN": 0xb5,
  "MULTIPLICATION SIGN": 0xd7,
  "NO-BREAK SPACE": 0xa0,
  "EN DASH": 0x2013,
  "EM DASH": 0x2014,
  "HORIZONTAL ELLIPSIS": 0x2026,
  "EURO SIGN": 0x20ac,
  "RIGHTWARDS ARROW": 0x2192,
  "LEFTWARDS ARROW": 0x2190,
  "INFINITY": 0x221e,
  "SQUARE ROOT": 0x221a,
  "N-ARY SUMMATION": 0x2211,
  "LEFT SINGLE QUOTATION MARK": 0x2018,
  "RIGHT SINGLE QUOTATION MARK": 0x2019,
  "LEFT DOUBLE QUOTATION MARK": 0x201c,
  "RIGHT DOUBLE QUOTATION MARK": 0x201d,
  "SNOWMAN": 0x2603,
  "CHECK MARK": 0x2713,
  "BLACK HEART SUIT": 0x2665,
  "SPACE": 0x20,
  "NULL": 0,
  "REPLACEMENT CHARACTER": 0xfffd,
  "BYTE ORDER MARK": 0xfeff,
  "ZERO WIDTH SPACE": 0x200b,
  "COMBINING ACUTE ACCENT": 0x301,
  "COMBINING DIAERESIS": 0x308,
};

const GREEK = [
  "ALPHA",
  "BETA",
  "GAMMA",
  "DELTA",
  "EPSILON",
  "ZETA",
  "ETA",
  "THETA",
  "IOTA",
  "KAPPA",
  "LAMDA",
  "MU",
  "NU",
  "XI",
  "OMICRON",
  "PI",
  "RHO",
  "FINAL SIGMA",
  "SIGMA",
  "TAU",
  "UPSILON",
  "PHI",
  "CHI",
  "PSI",
  "OMEGA",
];

const MARKS: Record<string, string> = {
  GRAVE: "\u0300",
  ACUTE: "\u0301",
  CIRCUMFLEX: "\u0302",
  TILDE: "\u0303",
  DIAERESIS: "\u0308",
  "RING ABOVE": "\u030a",
  CEDILLA: "\u0327",
  CARON: "\u030c",
  MACRON: "\u0304",
};

/** The character of this name, or undefined when it is not among those known here. */
export function namedCharacter(name: string): string | undefined {
  const upper = name.toUpperCase();
  const sign = SIGNS[upper];
  if (sign !== undefined) return String.fromCharCode(sign);
  const greek = /^GREEK (SMALL|CAPITAL) LETTER (.+)$/.exec(upper);
  if (greek) {
    const i = GREEK.indexOf(greek[2]);
    if (i < 0 || (greek[1] === "CAPITAL" && greek[2] === "FINAL SIGMA")) return undefined;
    return String.fromCharCode((greek[1] === "SMALL" ? 0x3b1 : 0x391) + i);
  }
  const latin = /^LATIN (SMALL|CAPITAL) LETTER ([A-Z])(?: WITH (.+))?$/.exec(upper);
  if (!latin) return undefined;
  const letter = latin[1] === "SMALL" ? latin[2].toLowerCase() : latin[2];
  if (latin[3] === undefined) return letter;
  const mark = MARKS[latin[3]];
  const composed = mark === undefined ? "" : (letter + mark).normalize("NFC");
  return composed.length === 1 ? composed : undefined;
}
