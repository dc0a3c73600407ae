/**
 * Reads a printed graph back: one node a line, blocks by indentation, places in comments dropped. Types are those that
 * schemas write; classes and functions, which only a program can name, are not there.
 */
import { Device } from "../../core/device.ts";
import { Diagnostic, NotImplemented } from "../../core/errors.ts";
import type { IValue } from "../../core/ivalue.ts";
import { DictValue, ListValue, TupleValue } from "../../core/ivalue.ts";
import { Complex, Float, normInt } from "../../core/scalar.ts";
import { parseSchemaType } from "../../core/schema_parser.ts";
import { Source, SourceRange } from "../../core/source.ts";
import type { Type } from "../../core/types.ts";
import { type Attribute, type Block, Graph, type Node, type Value } from "./graph.ts";
import { matchOperator } from "./match_operator.ts";

interface Line {
  readonly indent: number;
  readonly text: string;
  /** Offset of the text in the source. */
  readonly at: number;
}

const UNKNOWN_SPECIFIER =
  "unknown type specifier. Common valid schema types include Tensor, SymInt, int, float, bool, Scalar; for a full " +
  "list, please see https://github.com/pytorch/pytorch/blob/main/aten/src/ATen/native/README.md#func ";

/** The graph that `text` prints. Throws a Diagnostic at the place that cannot be read. */
export function parseIr(text: string): Graph {
  return new IrParser(text).graph();
}

class IrParser {
  readonly #source: Source;
  readonly #lines: Line[] = [];
  readonly #values = new Map<string, Value>();
  readonly #graph = new Graph();
  #next = 0;

  constructor(text: string) {
    this.#source = new Source(text, "");
    let at = 0;
    for (const raw of text.split("\n")) {
      const code = withoutComment(raw);
      if (code.trim() !== "") {
        const indent = code.length - code.trimStart().length;
        this.#lines.push({ indent, text: code.trim(), at: at + indent });
      }
      at += raw.length + 1;
    }
  }

  graph(): Graph {
    let header = this.#take().text;
    const at = this.#lines[0].at;
    while (!header.endsWith("):")) header += " " + this.#take().text;
    const m = /^graph\((.*)\):$/.exec(header);
    if (!m) throw this.#error("expected graph(", at);
    for (const d of splitTop(m[1])) this.#declare(d, at, (name, t) => this.#graph.addInput(name, t));
    for (;;) {
      const line = this.#take();
      const ret = /^return \((.*)\)$/.exec(line.text);
      if (ret) {
        for (const v of this.#uses(ret[1], line.at)) this.#graph.registerOutput(v);
        return this.#graph;
      }
      this.#node(line, this.#graph.block);
    }
  }

  #take(): Line {
    const line = this.#lines[this.#next++];
    if (!line) throw this.#error("the graph ends before its return", this.#source.text.length);
    return line;
  }
  #error(text: string, at: number): Diagnostic {
    return new Diagnostic(text, new SourceRange(this.#source, at, at + 1));
  }

  /** `%name : type`. Numbers are not names: printing gives values without one numbers again. */
  #declare(text: string, at: number, make: (name: string, t: Type) => Value): void {
    const m = /^%([\w.]+) : (.+)$/.exec(text.trim());
    if (!m) throw this.#error(`expected a value and its type, got ${text}`, at);
    this.#values.set(m[1], make(/^\d+$/.test(m[1]) ? "" : m[1], this.#type(m[2], at)));
  }
  #type(text: string, at: number): Type {
    const refused =
      /__torch__\.(?!torch\.classes\.)(?:torch\.)?(\w+)|\b(Function|Enum|InterfaceType|NamedTuple)\b/.exec(
        text,
      );
    if (refused) {
      const [, namespace, specifier = ""] = refused, word = namespace ?? specifier;
      const from = this.#source.text.indexOf(refused[0], at) + refused[0].length - word.length;
      throw new Diagnostic(
        namespace ? `Expected classes namespace but got ${namespace}` : UNKNOWN_SPECIFIER,
        new SourceRange(this.#source, from, from + word.length),
      );
    }
    try {
      return parseSchemaType(text.replace(/\b(\w+)\(((?:[^()]|\([^()]*\))*), strides=[^)]*\)/g, "Tensor"));
    } catch {
      throw this.#error(`unknown type ${text}`, at);
    }
  }
  #uses(text: string, at: number): Value[] {
    return splitTop(text).map((name) => {
      const v = this.#values.get(name.trim().slice(1));
      if (!v) throw this.#error(`unknown value ${name.trim()}`, at);
      return v;
    });
  }

  #node(line: Line, block: Block): void {
    const m = /^(.*?) ?= ([\w:]+::\w+)(?:\[(.*)\])?\(([^()]*)\)$/s.exec(line.text) ??
      /^()= ([\w:]+::\w+)(?:\[(.*)\])?\(([^()]*)\)$/s.exec(line.text);
    if (!m) throw this.#error("expected a node", line.at);
    const [, outputs, kind, attributes, inputs] = m;
    const n = this.#graph.create(kind, this.#uses(inputs, line.at), 0);
    block.append(n);
    while (this.#lines[this.#next]?.text.startsWith(`block${n.blocks.length}(`)) this.#block(n);
    for (const d of splitTop(outputs)) {
      // Names of results are forgotten, as PyTorch forgets them.
      this.#declare(d, line.at, (_name, t) => n.addOutput(t));
    }
    for (const a of splitTop(attributes ?? "")) {
      const eq = a.indexOf("=");
      if (eq < 0) throw this.#error(`expected an attribute, got ${a}`, line.at);
      n.set(a.slice(0, eq).trim(), this.#attribute(a.slice(eq + 1).trim(), n, line.at));
    }
    if (!n.blocks.length) n.schemaKey = matchOperator(n);
  }

  #block(n: Node): void {
    const line = this.#take();
    const m = /^block\d+\((.*)\):$/.exec(line.text);
    if (!m) throw this.#error("expected a block", line.at);
    const b = n.addBlock();
    for (const d of splitTop(m[1])) this.#declare(d, line.at, (name, t) => b.addInput(name, t));
    for (;;) {
      const inner = this.#take();
      const end = /^-> \((.*)\)$/.exec(inner.text);
      if (end) {
        for (const v of this.#uses(end[1], inner.at)) b.registerOutput(v);
        return;
      }
      this.#node(inner, b);
    }
  }

  #attribute(text: string, n: Node, at: number): Attribute {
    const type = n.kind === "prim::Constant" ? n.outputs[0]?.type : undefined;
    if (type && /^(int|float|bool|str|Device)$/.test(type.kind)) {
      return { kind: "ival", value: constant(text, type) };
    }
    if (text.startsWith('"')) return { kind: "s", value: unquoted(text) };
    if (/^-?\d+$/.test(text)) return { kind: "i", value: normInt(BigInt(text)) };
    if (/^-?(\d+\.?\d*(e[-+]?\d+)?|inf|nan)$/.test(text)) {
      return { kind: "f", value: Number(text.replace("inf", "Infinity").replace("nan", "NaN")) };
    }
    if (type?.kind === "complex") return { kind: "ival", value: complexOf(text) };
    if (n.kind === "prim::isinstance") {
      return { kind: "tys", value: splitTop(text.slice(1, -1)).map((t) => this.#type(t.trim(), at)) };
    }
    if (type && (type.kind === "List" || type.kind === "Tuple" || type.kind === "Dict")) {
      return { kind: "ival", value: nested(text, type) };
    }
    throw new NotImplemented(`reading the attribute ${text} of ${n.kind} in a graph`);
  }
}

/** A constant of its own; bools print as 0 and 1, devices in quotes. */
function constant(text: string, type: Type): IValue {
  if (type.kind === "bool") return text === "1";
  if (type.kind !== "Device") return nested(text, type);
  const [, name, index] = /^(\w+)(?::(\d+))?$/.exec(unquoted(text))!;
  return Device.of(name, index === undefined ? null : Number(index));
}

/** A complex number as constants print it: `1.5-2.j`, `nan+inf*j`. */
function complexOf(text: string): Complex {
  const m = /^(-?(?:inf|nan|[\d.]+(?:e[-+]?\d+)?))([-+](?:inf|nan|[\d.]+(?:e[-+]?\d+)?))\*?j$/.exec(text);
  const part = (s: string) => Number(s.replace("inf", "Infinity").replace("nan", "NaN"));
  return m ? new Complex(part(m[1]), part(m[2])) : new Complex(part(text), 0);
}

/** A constant inside a container, by its type. */
function nested(text: string, type: Type): IValue {
  const t = text.trim();
  switch (type.kind) {
    case "int":
      return normInt(BigInt(t));
    case "float":
      return new Float(Number(t.replace("inf", "Infinity").replace("nan", "NaN")));
    case "complex":
      return complexOf(t);
    case "Device": {
      const [type, index] = unquoted(t).split(":");
      return Device.of(type, index === undefined ? null : Number(index));
    }
    case "bool":
      return t === "True";
    case "str":
      return unquoted(t);
    case "None":
      return null;
    case "Optional":
      return t === "None" ? null : nested(t, type.elem);
    case "List": {
      const inner = t.startsWith("annotate(") ? "" : t.slice(1, -1);
      return new ListValue(type.elem, splitTop(inner).map((x) => nested(x, type.elem)));
    }
    case "Tuple":
      return new TupleValue(splitTop(t.slice(1, -1)).map((x, i) => nested(x, type.elems[i])), type);
    case "Dict": {
      const out = new DictValue(type.key, type.value);
      for (const entry of splitTop(t.slice(1, -1))) {
        const [key, value] = splitTop(entry, ":");
        out.set(nested(key, type.key), nested(value, type.value));
      }
      return out;
    }
    default:
      throw new NotImplemented(`reading a constant of type ${type} in a graph`);
  }
}

/** The line without its `# file:line:column`; a hash inside quotes stays. */
function withoutComment(line: string): string {
  let quote = false;
  for (let i = 0; i < line.length; i++) {
    if (line[i] === "\\") i++;
    else if (line[i] === '"') quote = !quote;
    else if (line[i] === "#" && !quote) return line.slice(0, i).trimEnd();
  }
  return line.trimEnd();
}

/** Splits at commas (or another mark) outside brackets and quotes; nothing gives no parts. */
function splitTop(text: string, mark = ","): string[] {
  const parts: string[] = [];
  let depth = 0, quote = false, start = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (c === "\\") i++;
    else if (c === '"') quote = !quote;
    else if (quote) continue;
    else if ("([{<".includes(c)) depth++;
    else if (")]}>".includes(c)) depth--;
    else if (c === mark && depth === 0) {
      parts.push(text.slice(start, i));
      start = i + 1;
    }
  }
  const last = text.slice(start);
  return last.trim() === "" ? parts : [...parts, last];
}

const ESCAPES: Record<string, string> = { n: "\n", t: "\t", r: "\r", b: "\b", f: "\f", v: "\v", a: "\x07" };

function unquoted(text: string): string {
  return text.slice(1, -1).replace(
    /\\([0-7]{3}|.)/gs,
    (_, c) => c.length > 1 ? String.fromCharCode(parseInt(c, 8)) : ESCAPES[c] ?? c,
  );
}
