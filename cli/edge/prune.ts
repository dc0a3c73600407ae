/**
 * Texts of Wick's modules as the bundler gets them: families keep the declarations a model needs and the row table the
 * rows that are named, docs go, and initialisers are marked pure, so that what nothing refers to falls away.
 */
// deno-lint-ignore no-import-prefix -- a URL import of Wick has no import map
import * as acorn from "npm:acorn@8.15.0";

type AnyNode = acorn.AnyNode;
type Property = acorn.Property | acorn.SpreadElement;

/** What a bundle leaves out. */
export interface Needs {
  /** Keys of the declarations that stay. */
  readonly declarations: ReadonlySet<string>;
  /** Rows of the scalar table that go. */
  readonly droppedRows: ReadonlySet<string>;
  /** Whether WGSL texts of rows stay. */
  readonly webgpu: boolean;
  /** Whether WebAssembly kernels are made where the bundle runs; else they come along. */
  readonly generators: boolean;
  /** Opcodes that the model's code has. */
  readonly opcodes: ReadonlySet<number>;
}

/** What rows say for the makers of kernels. */
const ROW_WGSL = ["wgsl"], ROW_WASM = ["wasm", "expand", "lanes"];

/** Calls that make declarations: their first argument is for people. */
const DOCUMENTED = new Set(["op", "raw", "view", "pointwiseOp"]);
/** Opcode rows say in a third argument what they mean, then which operators the compiler lowers to them. */
const OPCODE_ARGUMENTS = 2;

interface Edit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/**
 * The module's text, pruned. `code` is JavaScript; `exported` is the module itself, whose families tell which keys an
 * entry that is computed (`...forKinds(...)`) stands for.
 */
export function prune(
  code: string,
  path: string,
  exported: Readonly<Record<string, unknown>> | undefined,
  needs: Needs,
): string {
  const program = acorn.parse(code, { ecmaVersion: "latest", sourceType: "module" });
  const edits: Edit[] = [];
  const inRows = /\/ops\/expr\/rows_/.test(path), inOpcodes = path.endsWith("/bytecode/opcodes.ts");
  if (inRows) {
    const unwanted = [...(needs.webgpu ? [] : ROW_WGSL), ...(needs.generators ? [] : ROW_WASM)];
    dropRowParts(code, program, new Set(unwanted), edits);
  }
  if (path.endsWith("/vm/interpreter.ts")) dropCases(program, needs.opcodes, edits);
  if (!needs.generators && path.includes("/ops/wasm/")) dropBuilders(program, edits);
  for (const statement of program.body) {
    const declared = statement.type === "ExportNamedDeclaration" ? statement.declaration : statement;
    if (declared?.type !== "VariableDeclaration") continue;
    for (const { id, init } of declared.declarations) {
      if (!init) continue;
      const family = id.type === "Identifier" ? familyKeys(exported?.[id.name]) : undefined;
      if (family) pruneFamily(code, init, family, needs.declarations, edits);
      else if (inRows && init.type === "ArrayExpression") {
        pruneRows(code, init.elements, needs.droppedRows, edits);
      }
      markPure(init, inOpcodes, edits);
    }
  }
  return apply(code, edits);
}

/** Keys of an object that is a family of declarations. */
function familyKeys(value: unknown): string[] | undefined {
  if (value === null || typeof value !== "object") return undefined;
  const keys = Object.keys(value);
  return keys.length > 0 && keys.every((k) => k.includes("::")) ? keys : undefined;
}

function pruneFamily(
  code: string,
  init: acorn.Expression,
  keys: readonly string[],
  keep: ReadonlySet<string>,
  edits: Edit[],
): void {
  if (!keys.some((k) => keep.has(k))) {
    edits.push({ from: init.start, to: init.end, text: "{}" });
    return;
  }
  if (init.type !== "ObjectExpression") return;
  const written = new Set(init.properties.flatMap((p) => keyOf(p) ?? []));
  const computed = keys.filter((k) => !written.has(k) && keep.has(k));
  for (const p of init.properties) {
    const key = keyOf(p);
    if (key === undefined ? mayDeclare(p, computed) : keep.has(key)) continue;
    edits.push(without(code, p));
  }
}

function keyOf(p: Property): string | undefined {
  return p.type === "Property" && p.key.type === "Literal" && typeof p.key.value === "string"
    ? p.key.value
    : undefined;
}

/** `...arithmetic("add", ...)` declares operators whose names hold the call's first string. */
function mayDeclare(p: Property, wanted: readonly string[]): boolean {
  if (!wanted.length) return false;
  if (p.type !== "SpreadElement" || p.argument.type !== "CallExpression") return true;
  const [first] = p.argument.arguments;
  if (first?.type !== "Literal" || typeof first.value !== "string") return true;
  const text = first.value;
  return wanted.some((k) => k.includes(text));
}

function pruneRows(
  code: string,
  elements: readonly (acorn.Expression | acorn.SpreadElement | null)[],
  dropped: ReadonlySet<string>,
  edits: Edit[],
): void {
  for (const e of elements) {
    const name = e && rowName(e);
    if (e && name && dropped.has(name)) edits.push(without(code, e));
  }
}

/** Name of the row that an array element makes: the first string of a call, or a literal's `name`. */
export function rowName(e: AnyNode): string | undefined {
  if (e.type === "CallExpression") {
    const [first] = e.arguments;
    return first?.type === "Literal" && typeof first.value === "string" ? first.value : undefined;
  }
  if (e.type !== "ObjectExpression") return undefined;
  for (const p of e.properties) {
    if (p.type === "Property" && p.key.type === "Identifier" && p.key.name === "name") {
      return p.value.type === "Literal" && typeof p.value.value === "string" ? p.value.value : undefined;
    }
  }
  return undefined;
}

/** Takes properties of these names out of rows, and out of the calls of functions that make rows their arguments. */
function dropRowParts(code: string, program: acorn.Program, names: ReadonlySet<string>, edits: Edit[]): void {
  const parameters = new Map<string, string[]>();
  for (const s of program.body) {
    if (s.type !== "FunctionDeclaration") continue;
    parameters.set(s.id.name, s.params.map((p) => nameOf(p.type === "AssignmentPattern" ? p.left : p) ?? ""));
  }
  const visit = (node: AnyNode) => {
    if (node.type === "ObjectExpression") {
      for (const p of node.properties) {
        if (p.type === "Property" && names.has(nameOf(p.key) ?? "")) edits.push(without(code, p));
      }
    } else if (node.type === "CallExpression") {
      const formals = parameters.get(nameOf(node.callee) ?? "");
      node.arguments.forEach((a, i) => {
        if (formals && names.has(formals[i])) edits.push({ from: a.start, to: a.end, text: "null" });
      });
    }
    children(node).forEach(visit);
  };
  visit(program);
}

function nameOf(node: AnyNode): string | undefined {
  return node.type === "Identifier" ? node.name : undefined;
}

/** `kernels(name, build)`: without the builder, the code that writes kernels falls away. */
function dropBuilders(program: acorn.Program, edits: Edit[]): void {
  const visit = (node: AnyNode) => {
    if (node.type === "CallExpression" && nameOf(node.callee) === "kernels" && node.arguments.length === 2) {
      const [, build] = node.arguments;
      edits.push({ from: build.start, to: build.end, text: "null" });
    }
    children(node).forEach(visit);
  };
  visit(program);
}

/** Takes the instructions that the model has not out of the interpreter's loop; labels that share a body go together. */
function dropCases(program: acorn.Program, opcodes: ReadonlySet<number>, edits: Edit[]): void {
  const visit = (node: AnyNode) => {
    if (node.type === "SwitchStatement") {
      let group: acorn.SwitchCase[] = [];
      for (const c of node.cases) {
        group.push(c);
        if (!c.consequent.length) continue;
        const numbers = group.map((g) => g.test?.type === "Literal" ? Number(g.test.value) : -1);
        if (numbers.every((n) => n >= 0 && !opcodes.has(n))) {
          edits.push({ from: group[0].start, to: c.end, text: "" });
        }
        group = [];
      }
    }
    children(node).forEach(visit);
  };
  visit(program);
}

/** Marks the calls of an initialiser, those inside functions apart, and empties docs. */
function markPure(node: AnyNode, inOpcodes: boolean, edits: Edit[]): void {
  if (
    node.type === "FunctionExpression" || node.type === "ArrowFunctionExpression" ||
    node.type === "ClassExpression"
  ) return;
  if (node.type === "CallExpression" || node.type === "NewExpression") {
    edits.push({ from: node.start, to: node.start, text: "/* @__PURE__ */ " });
    const callee = node.callee.type === "Identifier" ? node.callee.name : "";
    const [doc] = node.arguments;
    if (DOCUMENTED.has(callee) && doc?.type === "Literal" && typeof doc.value === "string") {
      edits.push({ from: doc.start, to: doc.end, text: '""' });
    } else if (inOpcodes && callee === "row") {
      const [last] = node.arguments.slice(OPCODE_ARGUMENTS - 1);
      edits.push({ from: last.end, to: node.end - 1, text: "" });
    }
  }
  for (const c of children(node)) markPure(c, inOpcodes, edits);
}

function children(node: AnyNode): AnyNode[] {
  const out: AnyNode[] = [];
  for (const child of Object.values(node)) {
    for (const c of Array.isArray(child) ? child : [child]) {
      if (c && typeof c === "object" && typeof (c as AnyNode).type === "string") out.push(c as AnyNode);
    }
  }
  return out;
}

/** Takes an element of a list out, its comma too. */
function without(code: string, node: AnyNode): Edit {
  let to = node.end;
  while (/\s/.test(code[to])) to++;
  if (code[to] === ",") to++;
  return { from: node.start, to, text: "" };
}

/** Applies edits; one inside a removed stretch is dropped. */
function apply(code: string, edits: readonly Edit[]): string {
  const sorted = edits.toSorted((a, b) => a.from - b.from || b.to - a.to);
  let out = "", at = 0;
  for (const e of sorted) {
    if (e.from < at) continue;
    out += code.slice(at, e.from) + e.text;
    at = e.to;
  }
  return out + code.slice(at);
}
