/** Names of local variables in printed code, with PyTorch's counters. */
const RESERVED = new Set(
  ("_ as aten attribute CONSTANTS fork getattr inf nan infj nanj ops __torch__ uninitialized unchecked_cast " +
    "False None True and assert async await break class continue def del elif else except finally for from " +
    "global if import in is lambda nonlocal not or pass raise return try while with yield").split(" "),
);

/** `text` as a Python identifier: a digit in front gets an underscore, other characters become one. */
export function validIdentifier(text: string): string {
  const word = text.replace(/[^A-Za-z0-9_]/g, "_");
  return /^\d/.test(word) ? "_" + word : word;
}

export function isValidIdentifier(text: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(text);
}

/** Hands out names. Names are taken within a function; counters run on through the file. */
export class LocalNames {
  readonly #next = new Map<string, number>();
  readonly #taken = new Set<string>();

  startFunction(): void {
    this.#taken.clear();
  }
  /** `candidate`, or it with a number when it is taken. The counter goes by the name tried last. */
  unique(candidate: string): string {
    let name = candidate;
    while (this.#taken.has(name) || RESERVED.has(name)) {
      const n = this.#next.get(name) ?? 0;
      this.#next.set(name, n + 1);
      name = candidate + n;
    }
    this.#taken.add(name);
    return name;
  }
}
