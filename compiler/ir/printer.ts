/** Prints a Graph as PyTorch prints one; `ir/parser` reads the form back. */
import { Device } from "../../core/device.ts";
import {
  DictValue,
  EnumValue,
  FunctionValue,
  type IValue,
  ListValue,
  TupleValue,
} from "../../core/ivalue.ts";
import { Complex, Float } from "../../core/scalar.ts";
import { isComplexType, isIntegralType, scalarTypeInfo } from "../../core/scalar_type.ts";
import { Tensor } from "../../core/tensor.ts";
import { complexText, floatText } from "../../core/text/torchscript_literal.ts";
import { readElement } from "../../core/element.ts";
import { cppTensorText } from "../../ops/printing_cpp.ts";
import type { Attribute, Block, Graph, Node, Value } from "./graph.ts";

export interface PrintOptions {
  /** Print `# file:line:column` after nodes that have a place. */
  readonly sourceRanges?: boolean;
}

interface State {
  readonly lines: string[];
  readonly groups: Node[];
  readonly sourceRanges: boolean;
}

/** The text of a whole graph, ending in a newline; subgraphs of forks follow as `with prim::fork_0 = graph(...)`. */
export function graphToString(graph: Graph, options: PrintOptions = {}): string {
  const state: State = { lines: [], groups: [], sourceRanges: options.sourceRanges ?? true };
  printGraph(graph, state);
  // Forks of forks are appended while this list is walked.
  for (let i = 0; i < state.groups.length; i++) {
    const n = state.groups[i];
    state.lines[state.lines.length] = `with ${n.kind}_${i} = `;
    printGraph(n.g("Subgraph"), state);
  }
  return state.lines.join("\n") + "\n";
}

/** One node as a line (with its blocks), as `str(node)` gives it. */
export function nodeToString(node: Node): string {
  const state: State = { lines: [], groups: [], sourceRanges: true };
  printNode(node, state, 0);
  return state.lines.join("\n") + "\n";
}

function valueDecl(v: Value): string {
  return `%${v.debugName} : ${v.type}`;
}
function names(vs: readonly Value[]): string {
  return vs.map((v) => "%" + v.debugName).join(", ");
}

function printGraph(g: Graph, state: State): void {
  const head = `graph(${g.inputs.map(valueDecl).join(",\n      ")}):`;
  const { lines } = state;
  if (lines.length && lines[lines.length - 1].endsWith(" = ")) lines[lines.length - 1] += head;
  else lines.push(head);
  for (const n of g.block.nodes()) printNode(n, state, 1);
  lines.push(`  return (${names(g.outputs)})`);
}

function printNode(n: Node, state: State, level: number): void {
  const indent = "  ".repeat(level);
  const outs = n.outputs.map(valueDecl).join(", ");
  let text = `${indent}${outs} = ${kindText(n, state)}`;
  text += `(${names(n.inputs)})`;
  if (n.scope) text += `, scope: ${n.scope}`;
  if (state.sourceRanges && n.range && n.range.source.filename !== "<unknown>") text += ` # ${n.range}`;
  state.lines.push(text);
  n.blocks.forEach((b, i) => printBlock(b, i, state, level + 1));
}

function kindText(n: Node, state: State): string {
  if (n.kind === "prim::PythonOp") {
    // Scalar arguments stand in a list of their own before the tensors.
    const scalars = n.attributes.get("scalar_args");
    const text = scalars?.kind === "ss" ? scalars.value.join(", ") : "";
    return `^${n.s("name")}${attributesText(n, ["name", "scalar_args", "pyobj"], true)}(${text})`;
  }
  if (n.has("Subgraph")) {
    const i = state.groups.push(n) - 1;
    return `${n.kind}_${i}${attributesText(n, ["Subgraph"])}`;
  }
  return n.kind + attributesText(n, []);
}

function printBlock(b: Block, index: number, state: State, level: number): void {
  const indent = "  ".repeat(level);
  state.lines.push(`${indent}block${index}(${b.inputs.map(valueDecl).join(", ")}):`);
  for (const n of b.nodes()) printNode(n, state, level + 1);
  state.lines.push(`${indent}  -> (${names(b.outputs)})`);
}

function attributesText(n: Node, skip: readonly string[], always = false): string {
  const parts: string[] = [];
  for (const [name, a] of n.attributes) {
    if (skip.includes(name)) continue;
    // A function constant prints its name alone.
    if (a.kind === "ival" && a.value instanceof FunctionValue) continue;
    parts.push(`${name}=${attributeText(a)}`);
  }
  return parts.length || always ? `[${parts.join(", ")}]` : "";
}

function attributeText(a: Attribute): string {
  switch (a.kind) {
    case "i":
      return String(a.value);
    case "f":
      return floatText(Number(a.value));
    case "s":
      return quoted(a.value);
    case "is":
    case "fs":
      return `[${a.value.join(", ")}]`;
    case "ss":
      return `[${a.value.map(quoted).join(", ")}]`;
    case "ty":
      return String(a.value);
    case "tys":
      return `[${a.value.join(", ")}]`;
    case "g":
      return "<Graph>";
    case "ival":
      return constantText(a.value);
  }
}

/** A constant as graphs show it: bools as 0 and 1, big tensors as `<Tensor>`. */
export function constantText(v: IValue): string {
  if (typeof v === "boolean") return v ? "1" : "0";
  return nestedText(v);
}

function nestedText(v: IValue): string {
  if (v === null) return "None";
  if (typeof v === "boolean") return v ? "True" : "False";
  if (typeof v === "string") return quoted(v);
  if (typeof v === "number" || typeof v === "bigint") return String(v);
  if (v instanceof Float) return floatText(v.value);
  if (v instanceof Complex) return complexText(v);
  if (v instanceof Device) return quoted(String(v));
  if (v instanceof EnumValue) return `${v.type.name}.${v.name}`;
  if (v instanceof TupleValue) {
    return `(${v.items.map(nestedText).join(", ")}${v.items.length === 1 ? "," : ""})`;
  }
  if (v instanceof ListValue && !v.items.length) return `annotate(List[${v.elemType.annotation()}], [])`;
  if (v instanceof ListValue) return `[${v.items.map(nestedText).join(", ")}]`;
  if (v instanceof DictValue) {
    return `{${[...v.entries()].map(([k, x]) => `${nestedText(k)}: ${nestedText(x)}`).join(", ")}}`;
  }
  if (v instanceof Tensor) return tensorText(v);
  return `<${v.constructor.name}>`;
}

/** Tensors of one element show it in braces, up to ten elements ATen's print on one line, others `<Tensor>`. */
function tensorText(t: Tensor): string {
  if (t.numel === 1 && t.storage.deviceMemory === null) return `{${elementText(t, t.storageOffset)}}`;
  if (t.numel > 10 || t.numel === 0) {
    return t.numel === 0
      ? `[ CPU${scalarTypeInfo(t.scalarType).name}Type{${t.sizes.join(",")}} ]`
      : "<Tensor>";
  }
  if (!isComplexType(t.scalarType)) return cppTensorText(t).replaceAll("\n", " ");
  const cells: string[] = [];
  const visit = (dim: number, at: number) => {
    if (dim === t.dim) cells.push(elementText(t, at));
    else for (let i = 0; i < t.sizes[dim]; i++) visit(dim + 1, at + i * t.strides[dim]);
  };
  visit(0, t.storageOffset);
  return `${cells.join(" ")} [ CPU${scalarTypeInfo(t.scalarType).name}Type{${t.sizes.join(",")}} ]`;
}

function elementText(t: Tensor, at: number): string {
  const v = readElement(t, at);
  if (isIntegralType(t.scalarType, true)) return String(v === true ? 1 : v === false ? 0 : v);
  if (isComplexType(t.scalarType)) return complexText(v as Complex);
  const x = (v as Float).value;
  return String(Number(x.toPrecision(6)));
}

const ESCAPES: Record<string, string> = {
  "'": "\\'",
  "\\": "\\\\",
  '"': '\\"',
  "\n": "\\n",
  "\t": "\\t",
  "\r": "\\r",
  "\b": "\\b",
  "\f": "\\f",
  "\v": "\\v",
  "\x07": "\\a",
};

/**
 * A string as graphs quote it. A byte outside ASCII is written as PyTorch writes it: a backslash and three
 * characters counted from '0' without wrapping, taken from the signed byte.
 */
function quoted(s: string): string {
  let out = '"';
  for (const byte of new TextEncoder().encode(s)) {
    const c = String.fromCharCode(byte);
    if (ESCAPES[c]) out += ESCAPES[c];
    else if (byte >= 0x20 && byte < 0x7f) out += c;
    else {
      const b = byte > 127 ? byte - 256 : byte;
      const digit = (n: number) => String.fromCharCode(48 + n);
      out += "\\" + digit(Math.trunc(b / 64)) + digit(Math.trunc((b % 64) / 8)) + digit(b % 8);
    }
  }
  return out + '"';
}
