/** Reading, binding and deleting names, as JS. */
import type { Context } from "./context.ts";

const quote = (s: string) => JSON.stringify(s);

/** A JS expression for the value of a (mangled) name. */
export function loadName(c: Context, name: string): string {
  const use = c.resolve(name);
  switch (use.where) {
    case "local":
      if (c.bound.has(name)) return use.js;
      return `(${use.js} === undefined ? unboundLocal(${quote(name)}) : ${use.js})`;
    case "cell":
      if (c.bound.has(name)) return `${use.js}.v`;
      return c.scope.names.get(name) === "free"
        ? `freeCell(${use.js}, ${quote(name)})`
        : `ownCell(${use.js}, ${quote(name)})`;
    case "class-cell":
      return `classCell($ns, ${use.js}, ${quote(name)})`;
    case "class":
      return `className($ns, ${quote(name)}, $global)`;
    case "global":
      return `$global(${quote(name)})`;
  }
}

/** A JS expression that binds the name and gives the value. It may not run, so the name is not taken as bound. */
export function storeExpression(c: Context, name: string, value: string): string {
  return `(${storeText(c, name, value)})`;
}

/** A JS statement that binds the name. */
export function storeName(c: Context, name: string, value: string): string {
  const use = c.resolve(name);
  const js = use.where === "global"
    ? `G.set(${quote(name)}, ${value});`
    : use.where === "class" || use.where === "class-cell"
    ? `$ns.set(${quote(name)}, ${value});`
    : `${storeText(c, name, value)};`;
  markBound(c, name);
  return js;
}

function storeText(c: Context, name: string, value: string): string {
  const use = c.resolve(name);
  switch (use.where) {
    case "local":
      return `${use.js} = ${value}`;
    case "cell":
      return `${use.js}.v = ${value}`;
    case "class":
    case "class-cell":
      return `put($ns, ${quote(name)}, ${value})`;
    case "global":
      return `put(G, ${quote(name)}, ${value})`;
  }
}

function markBound(c: Context, name: string): void {
  if (!c.unbindable.has(name)) c.bound.add(name);
}

/** A JS statement for `del name`. */
export function deleteName(c: Context, name: string): string {
  const use = c.resolve(name);
  c.bound.delete(name);
  switch (use.where) {
    case "local":
      return `if (${use.js} === undefined) unboundLocal(${quote(name)}); ${use.js} = undefined;`;
    case "cell":
      return `if (${use.js}.v === undefined) unboundLocal(${quote(name)}); ${use.js}.v = undefined;`;
    case "class":
    case "class-cell":
      return `deleteFrom($ns, ${quote(name)});`;
    case "global":
      return `deleteFrom(G, ${quote(name)});`;
  }
}

/** A JS statement that unbinds a name if it is bound (the end of `except ... as name`). */
export function clearName(c: Context, name: string): string {
  const use = c.resolve(name);
  c.bound.delete(name);
  switch (use.where) {
    case "local":
      return `${use.js} = undefined;`;
    case "cell":
      return `${use.js}.v = undefined;`;
    case "class":
    case "class-cell":
      return `$ns.delete(${quote(name)});`;
    case "global":
      return `G.delete(${quote(name)});`;
  }
}
