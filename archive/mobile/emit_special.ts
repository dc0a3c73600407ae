/** Mobile instructions of nodes that are no operator calls, and the nodes that have none. */
import type { ClassType } from "../../core/class_type.ts";
import type { Type } from "../../core/types.ts";
import { NotImplemented } from "../../core/errors.ts";
import type { Node } from "../../compiler/ir/graph.ts";
import { classRefusal, type MobileEmitter, tolistKind } from "./emit.ts";
import { ExportRefusal } from "./export_refusal.ts";

type Emit = (e: MobileEmitter, n: Node) => void;

/** Emits the node when it has instructions of its own; false when it is an operator's call. */
export function emitSpecial(e: MobileEmitter, n: Node): boolean {
  const emit = SPECIAL[n.kind];
  if (!emit) return false;
  emit(e, n);
  return true;
}

function refused(opcode: string): Emit {
  return (e, n) => {
    // What the operands are refused for comes first.
    e.pushAll(n);
    throw new ExportRefusal(`${opcode} is not supported in mobile module.`, n.range);
  };
}

function slotOf(n: Node): number {
  let t: Type = n.inputs[0].type;
  if (t.kind === "Optional") t = t.elem;
  return (t as ClassType).attributeSlot(n.s("name"));
}

function integer(n: Node, name: string): number {
  const a = n.attributes.get(name);
  return a?.kind === "i" ? Number(a.value) : 0;
}

const nothing: Emit = (e, n) => e.pushAll(n);

const SPECIAL: Record<string, Emit> = {
  "prim::GetAttr": (e, n) => {
    e.pushAll(n);
    e.emit("GET_ATTR", slotOf(n));
  },
  "prim::SetAttr": (e, n) => {
    e.pushAll(n);
    e.emit("SET_ATTR", slotOf(n));
  },
  "prim::TupleConstruct": (e, n) => {
    e.pushAll(n);
    const t = n.output.type;
    if (t.kind === "Tuple" && t.named) e.emit("NAMED_TUPLE_CONSTRUCT", e.type(t, n), n.inputs.length);
    else e.emit("TUPLE_CONSTRUCT", n.inputs.length);
  },
  "prim::ListConstruct": (e, n) => {
    e.pushAll(n);
    e.emit("LIST_CONSTRUCT", e.type(n.output.type, n), n.inputs.length);
  },
  "prim::DictConstruct": (e, n) => {
    e.pushAll(n);
    e.emit("DICT_CONSTRUCT", e.type(n.output.type, n), n.inputs.length);
  },
  "prim::ListUnpack": (e, n) => {
    e.pushAll(n);
    e.emit("LIST_UNPACK", n.outputs.length);
  },
  "prim::TupleSlice": (e, n) => {
    e.pushAll(n);
    const begin = integer(n, "beg");
    e.emit("TUPLE_SLICE", begin, integer(n, "end") - begin);
  },
  "prim::isinstance": (e, n) => {
    e.pushAll(n);
    const types = n.attributes.get("types");
    const all = types?.kind === "tys" ? types.value : [];
    const first = e.types.length;
    for (const t of all) e.type(t, n);
    e.emit("ISINSTANCE", first, all.length);
  },
  "prim::tolist": (e, n) => {
    e.push(n.inputs[0]);
    let t = n.output.type, dim = 0;
    while (t.kind === "List") {
      t = t.elem;
      dim++;
    }
    e.pushConstant(dim);
    e.pushConstant(tolistKind(t));
    e.emit("TO_LIST");
  },
  "aten::format": (e, n) => {
    e.pushAll(n);
    e.emit("FORMAT", n.inputs.length);
  },
  "aten::warn": (e, n) => {
    e.pushAll(n);
    e.emit("WARN", integer(n, "warn_id"));
  },
  // The casts do nothing when they run.
  "prim::unchecked_cast": nothing,
  "prim::unchecked_unwrap_optional": nothing,
  "prim::CallMethod": (e, n) => {
    e.pushAll(n);
    const method = n.s("name");
    e.interfaceCalls.push({ type: n.inputs[0].type, method });
    e.emit("INTERFACE_CALL", e.constants.push(method) - 1, n.inputs.length);
  },
  // PyTorch looks at types after all instructions.
  "prim::CreateObject": (e, n) => {
    e.refuseAtEnd(classRefusal(e.nameOf, n.output.type, n));
    e.emit("CREATE_OBJECT");
  },
  "prim::fork": refused("FORK"),
  "aten::wait": refused("WAIT"),
  "prim::Enter": refused("ENTER"),
  "prim::Exit": refused("EXIT"),
  "prim::PythonOp": (_e, n) => {
    throw new ExportRefusal(
      `Could not export Python function call '${n.has("name") ? n.s("name") : "?"}'. ` +
        "Remove calls to Python functions before export.",
      n.range,
    );
  },
  "prim::EnumName": refused("prim::EnumName"),
  "prim::EnumValue": refused("prim::EnumValue"),
  "prim::ModuleContainerIndex": (_e, n) => {
    throw new NotImplemented("indexing a module container by a value in a mobile model", n.range);
  },
};
