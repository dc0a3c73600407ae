/** Instructions of nodes without blocks. */
import { InternalError, NotImplemented } from "../../core/errors.ts";
import { opcodeForOperator, OPCODES, type OpName } from "../../bytecode/opcodes.ts";
import type { ListType, TupleType, Type } from "../../core/types.ts";
import { FunctionValue } from "../../core/ivalue.ts";
import type { FunctionSchema } from "../../core/schema.ts";
import { findOperator } from "../../ops/registry.ts";
import { toIValue } from "../ir/constants.ts";
import type { Node } from "../ir/graph.ts";
import type { Emitter } from "./emit.ts";
import { isRaw } from "./prepare.ts";
import { hostFunction } from "./callees.ts";

export function emitNode(e: Emitter, n: Node): void {
  if (n.kind === "prim::Constant") return;
  const special = SPECIAL[n.kind];
  if (special) return special(e, n);
  const key = n.schemaKey;
  if (key === undefined) throw new InternalError(`${n.kind} has no operator and no lowering`);
  const opcode = opcodeForOperator(key);
  if (opcode !== undefined && fits(n, opcode)) return emitTyped(e, n, OPCODES[opcode].name);
  emitOperator(e, n, key);
}

/** A typed instruction takes floats raw exactly where its formals are floats. */
function fits(n: Node, opcode: number): boolean {
  const sources = OPCODES[opcode].fields.filter((f) => f === "src").length;
  if (OPCODES[opcode].fields.some((f) => f === "srcs")) return false;
  const hasDst = OPCODES[opcode].fields[0] === "dst";
  return sources === n.inputs.length && (hasDst || !n.outputs[0]?.uses.length);
}

const RAW_RESULTS = /^(ADD|SUB|MUL|DIV|NEG)_F$|^I2F$/;
const RAW_SOURCES = /_F$/;

function emitTyped(e: Emitter, n: Node, name: OpName): void {
  const raw = RAW_SOURCES.test(name);
  const srcs = n.inputs.map((v) => e.operand(v, raw, n));
  e.finishReads(n);
  if (OPCODES.find((r) => r.name === name)!.fields[0] !== "dst") return e.code.emit(name, n, ...srcs);
  e.code.emit(name, n, e.result(n.output, RAW_RESULTS.test(name)), ...srcs);
}

function isFloat(t: Type | undefined): boolean {
  return t?.kind === "float";
}

/** Operands by the schema: a formal of type float takes a raw number, any other an IValue. */
function operandsFor(e: Emitter, n: Node, schema: FunctionSchema): number[] {
  return n.inputs.map((v, i) => e.operand(v, isFloat(schema.args[i]?.type), n));
}

function emitOperator(e: Emitter, n: Node, key: string): void {
  const op = findOperator(key);
  if (!op) throw new NotImplemented(`operator ${key}`, n.range);
  const { schema } = op;
  const object = e.code.object(op);
  const srcs = operandsFor(e, n, schema);
  e.finishReads(n);
  if (n.outputs.length === 1) {
    const dst = e.result(n.output, isFloat(schema.returns[0]?.type));
    return e.code.emit("OP", n, dst, object, srcs);
  }
  e.code.emit("OPN", n, 0, object, srcs, n.outputs.map((o) => e.result(o, false)));
}

/** Boxed operands in, boxed results out. */
function boxed(e: Emitter, n: Node, from = 0): number[] {
  return n.inputs.slice(from).map((v) => e.operand(v, false, n));
}

/** The type behind an Optional: casts without effect are gone, so a refined value shows its declared type. */
function unwrapped(t: Type): Type {
  return t.kind === "Optional" ? t.elem : t;
}

function slotOf(n: Node): number {
  const t = unwrapped(n.inputs[0].type);
  if (t.kind !== "Class") throw new InternalError(`${n.kind} on a value of type ${t}`);
  return t.attributeSlot(n.s("name"));
}

function integer(n: Node, name: string): number {
  const a = n.attributes.get(name);
  if (a?.kind !== "i") throw new InternalError(`${n.kind} has no number ${name}`);
  return Number(a.value);
}

/** `dst obj srcs` instructions. */
function construct(
  name: OpName,
  object: (n: Node, e: Emitter) => unknown,
  from = 0,
): (e: Emitter, n: Node) => void {
  return (e, n) => {
    const srcs = boxed(e, n, from);
    const o = e.code.object(object(n, e));
    e.finishReads(n);
    e.code.emit(name, n, n.outputs.length ? e.result(n.output, false) : e.scratch(), o, srcs);
  };
}

function unpack(name: "UNPACK" | "UNPACKL"): (e: Emitter, n: Node) => void {
  return (e, n) => {
    const src = e.operand(n.inputs[0], false, n);
    e.finishReads(n);
    e.code.emit(name, n, src, n.outputs.map((o) => e.result(o, false)));
  };
}

function unary(name: OpName): (e: Emitter, n: Node) => void {
  return (e, n) => {
    const src = e.operand(n.inputs[0], false, n);
    e.finishReads(n);
    e.code.emit(name, n, n.outputs.length ? e.result(n.output, false) : e.scratch(), src);
  };
}

const SPECIAL: Record<string, (e: Emitter, n: Node) => void> = {
  "prim::GetAttr": (e, n) => {
    const src = e.operand(n.inputs[0], false, n);
    e.finishReads(n);
    e.code.emit("GETATTR", n, e.result(n.output, false), src, slotOf(n));
  },
  "prim::SetAttr": (e, n) => {
    const srcs = boxed(e, n);
    e.finishReads(n);
    e.code.emit("SETATTR", n, srcs[0], srcs[1], slotOf(n));
  },
  "prim::TupleConstruct": construct(
    "TUPLE",
    (n) => (n.output.type as TupleType).named ? n.output.type : null,
  ),
  "prim::ListConstruct": construct("LIST", (n) => (n.output.type as ListType).elem),
  "prim::DictConstruct": construct("DICT", (n) => n.output.type),
  "prim::TupleUnpack": unpack("UNPACK"),
  "prim::ListUnpack": unpack("UNPACKL"),
  "prim::TupleIndex": (e, n) => {
    const at = toIValue(n.inputs[1]);
    const tuple = e.operand(n.inputs[0], false, n);
    if (typeof at === "number") {
      const type = unwrapped(n.inputs[0].type);
      const size = type.kind === "Tuple" ? type.elems.length : 0;
      e.finishReads(n);
      return e.code.emit("TGET", n, e.result(n.output, false), tuple, at < 0 ? at + size : at);
    }
    const index = e.operand(n.inputs[1], false, n);
    e.finishReads(n);
    e.code.emit("TINDEX", n, e.result(n.output, false), tuple, index);
  },
  "prim::TupleSlice": (e, n) => {
    const src = e.operand(n.inputs[0], false, n);
    e.finishReads(n);
    e.code.emit("TSLICE", n, e.result(n.output, false), src, integer(n, "beg"), integer(n, "end"));
  },
  "prim::CreateObject": (e, n) =>
    e.code.emit("OBJECT", n, e.result(n.output, false), e.code.object(n.output.type)),
  "prim::isinstance": (e, n) => {
    const types = n.attributes.get("types");
    if (types?.kind !== "tys") throw new InternalError("isinstance without types");
    const src = e.operand(n.inputs[0], false, n);
    e.finishReads(n);
    e.code.emit("ISINST", n, e.result(n.output, false), src, e.code.object(types.value));
  },
  "prim::RaiseException": (e, n) => {
    const srcs = boxed(e, n);
    e.finishReads(n);
    e.code.emit("RAISE", n, srcs[0], srcs[1]);
  },
  "prim::tolist": (e, n) => {
    const src = e.operand(n.inputs[0], false, n);
    e.finishReads(n);
    e.code.emit("TOLIST", n, e.result(n.output, false), src, e.code.object(n.output.type));
  },
  "prim::EnumName": unary("ENUMNAME"),
  "prim::EnumValue": unary("ENUMVALUE"),
  "prim::ModuleContainerIndex": (e, n) => {
    const srcs = boxed(e, n);
    e.finishReads(n);
    e.code.emit("MODINDEX", n, e.result(n.output, false), srcs[0], srcs[1]);
  },
  "prim::Uninitialized": (e, n) => e.code.emit("UNINIT", n, e.result(n.output, isRaw(n.output))),
  "prim::unchecked_cast": unary("MOVE"),
  "prim::unchecked_unwrap_optional": unary("MOVE"),
  "prim::Print": (e, n) => {
    const srcs = boxed(e, n);
    e.finishReads(n);
    e.code.emit("PRINT", n, 0, srcs);
  },
  "aten::format": (e, n) => {
    const srcs = boxed(e, n);
    e.finishReads(n);
    e.code.emit("FORMAT", n, e.result(n.output, false), srcs);
  },
  "aten::wait": unary("WAIT"),
  "prim::Enter": unary("ENTER"),
  "prim::Exit": unary("EXIT"),
  "prim::fork": construct("FORK", (n, e) => e.lower(n.g("Subgraph"), "<forked function>")),
  "prim::PythonOp": construct("HOST", hostFunction),
  "prim::CallMethod": (e, n) => construct("CALLI", () => n.s("name"))(e, n),
  "prim::CallFunction": (_e, n) => {
    const f = toIValue(n.inputs[0]);
    if (!(f instanceof FunctionValue)) throw new InternalError("call of something that is no function");
    throw new InternalError(`call of ${f.fn.qualifiedName} was not inlined`);
  },
};
