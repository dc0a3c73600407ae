/**
 * All independent errors of one compilation. Compiling stops at the first error, as PyTorch does; `collectErrors`
 * compiles again with recovery on: a failed statement is left out and the names it would have assigned are poisoned,
 * a failed method or submodule is left out, and whatever needs one of them is not an error of its own.
 */
import { Diagnostic } from "../../core/errors.ts";

/** Thrown in place of an error that only follows from one already noted. */
class Consequence extends Diagnostic {
  constructor() {
    super("follows from an error that was reported", undefined);
  }
}

let found: Map<string, Diagnostic> | undefined;
/** How many parts failed so far. */
let failures = 0;

/** Whether errors are collected now. */
export function recovering(): boolean {
  return found !== undefined;
}

/** For what fails because something else did. */
export function consequence(): Diagnostic {
  return new Consequence();
}

/** Runs one of several independent parts: its error is noted, and the others run. */
export function independently(part: () => void, onError?: () => void): void {
  if (!found) return part();
  try {
    part();
  } catch (e) {
    if (!(e instanceof Diagnostic)) throw e;
    failures++;
    const key = `${e.range ?? ""} ${e.text}`;
    if (!(e instanceof Consequence) && !found.has(key)) found.set(key, e);
    onError?.();
  }
}

/** What `make` gives, unless a part of it failed. */
export function whole<T>(make: () => T): T {
  const before = failures;
  let made: T;
  try {
    made = make();
  } catch (e) {
    if (e instanceof Diagnostic && failures > before) throw new Consequence();
    throw e;
  }
  if (failures > before) throw new Consequence();
  return made;
}

/**
 * The errors of `compile`, each once, the one that PyTorch reports first. What was compiled meanwhile must not be used.
 */
export function collectErrors(compile: () => void): Diagnostic[] {
  const outer = found;
  found = new Map();
  try {
    independently(compile);
    return [...found.values()];
  } finally {
    found = outer;
  }
}
