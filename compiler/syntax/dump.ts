/** Prints a tree as CPython 3.12's `ast.dump` prints its own, so that the two can be compared. */
import type { Source } from "../../core/source.ts";
import { strRepr } from "../../core/text/str_repr.ts";
import type { ConstantValue, Module, NodeBase } from "./ast.ts";
import { constantRepr } from "./constant_repr.ts";

export interface DumpOptions {
  /** Spaces per level; without it everything is on one line. */
  indent?: number;
  /** Needed for `kind='u'` of constants and for attributes. */
  source?: Source;
  /**
   * Print lineno, col_offset, end_lineno and end_col_offset (UTF-8 bytes), except inside f-strings, where
   * CPython before 3.12 has no true positions.
   */
  attributes?: boolean;
}

/** How a field is printed: `ctx`, `optional` (left out when null), `constant`, or as its type asks. */
type FieldKind = "ctx" | "optional" | "constant" | "plain";

/** Reads the table's notation: `name?` optional, `name=` constant. */
function fields(text: string): [string, FieldKind][] {
  return text.split(" ").filter(Boolean).map((word) => {
    if (word === "ctx") return [word, "ctx"];
    if (word.endsWith("?")) return [word.slice(0, -1), "optional"];
    if (word.endsWith("=")) return [word.slice(0, -1), "constant"];
    return [word, "plain"];
  });
}

/** CPython's fields of each class, in its order. */
const FIELDS: Record<string, [string, FieldKind][]> = {};
for (
  const [kinds, text] of [
    ["Module", "body type_ignores"],
    ["FunctionDef AsyncFunctionDef", "name args body decorator_list returns? type_params"],
    ["ClassDef", "name bases keywords body decorator_list type_params"],
    ["Return Yield", "value?"],
    ["Delete", "targets"],
    ["Assign", "targets value"],
    ["TypeAlias", "name type_params value"],
    ["AugAssign", "target op value"],
    ["AnnAssign", "target annotation value? simple"],
    ["For AsyncFor", "target iter body orelse"],
    ["While If", "test body orelse"],
    ["With AsyncWith", "items body"],
    ["Match", "subject cases"],
    ["Raise", "exc? cause?"],
    ["Try TryStar", "body handlers orelse finalbody"],
    ["Assert", "test msg?"],
    ["Import Global Nonlocal", "names"],
    ["ImportFrom", "module? names level"],
    ["Expr Await YieldFrom MatchValue", "value"],
    ["Pass Break Continue", ""],
    ["BoolOp", "op values"],
    ["NamedExpr", "target value"],
    ["BinOp", "left op right"],
    ["UnaryOp", "op operand"],
    ["Lambda", "args body"],
    ["IfExp", "test body orelse"],
    ["Dict", "keys values"],
    ["Set", "elts"],
    ["ListComp SetComp GeneratorExp", "elt generators"],
    ["DictComp", "key value generators"],
    ["Compare", "left ops comparators"],
    ["Call", "func args keywords"],
    ["FormattedValue", "value conversion format_spec?"],
    ["JoinedStr", "values"],
    ["Constant MatchSingleton", "value="],
    ["Attribute", "value attr ctx"],
    ["Subscript", "value slice ctx"],
    ["Starred", "value ctx"],
    ["Name", "id ctx"],
    ["List Tuple", "elts ctx"],
    ["Slice", "lower? upper? step?"],
    ["comprehension", "target iter ifs is_async"],
    ["ExceptHandler", "type? name? body"],
    ["arguments", "posonlyargs args vararg? kwonlyargs kw_defaults kwarg? defaults"],
    ["arg", "arg annotation?"],
    ["keyword", "arg? value"],
    ["alias", "name asname?"],
    ["withitem", "context_expr optional_vars?"],
    ["match_case", "pattern guard? body"],
    ["MatchSequence MatchOr", "patterns"],
    ["MatchMapping", "keys patterns rest?"],
    ["MatchClass", "cls patterns kwd_attrs kwd_patterns"],
    ["MatchStar", "name?"],
    ["MatchAs", "pattern? name?"],
    ["TypeVar", "name bound?"],
    ["ParamSpec TypeVarTuple", "name"],
  ]
) for (const kind of kinds.split(" ")) FIELDS[kind] = fields(text);

/** Node kinds without positions in CPython. */
const PLACELESS = new Set(["Module", "arguments", "comprehension", "withitem", "match_case"]);

/** Fields whose targets are stored to. */
const STORED = new Set(["target", "targets", "optional_vars"]);

type Ctx = "Load" | "Store" | "Del";
type AnyNode = NodeBase & { kind: string } & Record<string, unknown>;

/** The text of `ast.dump(tree, include_attributes=False)`. */
export function dump(tree: Module | (NodeBase & { kind: string }), options: DumpOptions = {}): string {
  return new Dumper(options).node(tree as AnyNode, 0, "Load", false)[0];
}

/** Offset to line (from 1) and UTF-8 column. */
class Columns {
  readonly #encoder = new TextEncoder();
  constructor(readonly source: Source) {}

  at(offset: number): [number, number] {
    const { line, column } = this.source.position(offset);
    const start = offset - column;
    const text = this.source.text.slice(start, offset);
    const skip = start === 0 && text.startsWith("\ufeff") ? 3 : 0;
    return [line, this.#encoder.encode(text).length - skip];
  }
}

class Dumper {
  readonly #indent: number | undefined;
  readonly #columns: Columns | undefined;
  readonly #source: Source | undefined;

  constructor(options: DumpOptions) {
    this.#indent = options.indent;
    this.#source = options.source;
    if (options.attributes && options.source) this.#columns = new Columns(options.source);
  }

  /** Text, and whether it has no parts of its own (CPython keeps up to three such fields on one line). */
  node(node: AnyNode, level: number, ctx: Ctx, inFString: boolean): [string, boolean] {
    const inner = level + 1;
    const [prefix, separator] = this.#layout(inner);
    const args: string[] = [];
    let allSimple = true;
    const add = (name: string, [text, simple]: [string, boolean]) => {
      args.push(`${name}=${text}`);
      allSimple &&= simple;
    };
    const kind = node.kind;
    const insideFString = inFString || kind === "JoinedStr";
    for (const [name, how] of FIELDS[kind]) {
      const value = node[name];
      if (how === "ctx") add("ctx", [`${ctx}()`, true]);
      else if (how === "constant") add(name, [constantRepr(value as ConstantValue), true]);
      else if (how === "optional" && value === null) continue;
      else if (name === "type_ignores") add(name, ["[]", true]);
      else if (name === "op") add(name, [`${value}()`, true]);
      else if (name === "ops") {
        add(name, this.#list((value as string[]).map((op) => `${op}()`), inner));
      } else if (typeof value === "string") add(name, [strRepr(value), true]);
      else if (typeof value === "number") add(name, [String(value), true]);
      else if (typeof value === "boolean") add(name, [value ? "1" : "0", true]);
      else {
        const role: Ctx =
          STORED.has(name) || (kind === "TypeAlias" && name === "name") || passes(kind, name, ctx)
            ? (kind === "Delete" ? "Del" : passes(kind, name, ctx) ? ctx : "Store")
            : "Load";
        add(name, this.#value(value, inner, role, insideFString));
      }
    }
    if (kind === "Constant" && this.#source) {
      const first = this.#source.text[node.start];
      const text = (node.value as ConstantValue).type === "str" && !inFString;
      if (text && (first === "u" || first === "U")) add("kind", ["'u'", true]);
    }
    if (this.#columns && !PLACELESS.has(kind) && !inFString) {
      const [line, column] = this.#columns.at(node.start);
      const [endLine, endColumn] = this.#columns.at(node.end);
      args.push(
        `lineno=${line}`,
        `col_offset=${column}`,
        `end_lineno=${endLine}`,
        `end_col_offset=${endColumn}`,
      );
    }
    if (allSimple && args.length <= 3) return [`${kind}(${args.join(", ")})`, args.length === 0];
    return [`${kind}(${prefix}${args.join(separator)})`, false];
  }

  #layout(level: number): [prefix: string, separator: string] {
    if (this.#indent === undefined) return ["", ", "];
    const pad = "\n" + " ".repeat(this.#indent * level);
    return [pad, "," + pad];
  }

  #list(items: string[], level: number): [string, boolean] {
    if (items.length === 0) return ["[]", true];
    const [prefix, separator] = this.#layout(level + 1);
    return [`[${prefix}${items.join(separator)}]`, false];
  }

  #value(value: unknown, level: number, ctx: Ctx, inFString: boolean): [string, boolean] {
    if (value === null) return ["None", true];
    if (Array.isArray(value)) {
      return this.#list(value.map((item) => this.#value(item, level + 1, ctx, inFString)[0]), level);
    }
    if (typeof value === "string") return [strRepr(value), true];
    return this.node(value as AnyNode, level, ctx, inFString);
  }
}

/** Whether the role of a target is also the role of its parts. */
function passes(kind: string, field: string, ctx: Ctx): boolean {
  if (ctx === "Load") return false;
  return (field === "elts" && (kind === "Tuple" || kind === "List")) ||
    (field === "value" && kind === "Starred");
}
