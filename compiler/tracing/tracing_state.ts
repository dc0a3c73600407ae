/** The trace being recorded: its graph, and which value of the graph each live tensor or object is. */
import { RuntimeFault } from "../../core/errors.ts";
import {
  DictValue,
  FutureValue,
  type IValue,
  ListValue,
  ScriptObject,
  TupleValue,
} from "../../core/ivalue.ts";
import type { SourceRange } from "../../core/source.ts";
import { Tensor } from "../../core/tensor.ts";
import { AnyTensorType, ListType, NoneType, TupleType, type Type } from "../../core/types.ts";
import type { Operator } from "../../ops/registry.ts";
import { createConstant, isConstantable, typeOfIValue } from "../ir/constants.ts";
import { cppText } from "./tensor_text.ts";
import { Graph, type Node, type Value } from "../ir/graph.ts";

/** What a tracer asks of the program it follows. */
export interface TracerHost {
  /** Where the program stands, for the nodes recorded there. */
  here(): SourceRange | undefined;
  /** The name of a local variable that holds the tensor; empty when there is none. */
  nameOf(tensor: Tensor): string;
  warn(message: string): void;
  /** Adds to a result what the host keeps of it beside the operator (whether it requires a gradient), before it is typed. */
  settle?(op: Operator, result: Tensor, args: readonly IValue[]): void;
}

export class TracingState {
  readonly graph = new Graph();
  /** Values by identity; forks have a frame of their own. Weak: a tensor that died is not asked for again. */
  readonly #frames: WeakMap<object, Value>[] = [new WeakMap()];
  readonly #scopes: string[] = [];
  /** Values for arguments of the next operator that Python gave as 0-dim tensors, by the formal's name. */
  argumentStash: Map<string, Value | (Value | undefined)[]> | undefined;

  constructor(
    readonly host: TracerHost,
    /** Lists are warned of, and dicts refused, at the output. */
    readonly strict: boolean,
    /** In-place operators are recorded as their functional forms. */
    readonly forceOutplace: boolean,
  ) {}

  /** What printed nodes say after `scope:`. */
  get scope(): string {
    return this.#scopes.join("/");
  }
  /** Opens the block of a module's forward; what is recorded until `popScope` goes there. */
  pushScope(name: string): void {
    this.#scopes.push(name);
    const node = this.insert(this.create("prim::TracedModuleForward", [], 0));
    node.set("scope", { kind: "s", value: name });
    this.graph.insertPoint = node.addBlock().ret;
  }
  popScope(): void {
    this.#scopes.pop();
    const owner = this.graph.insertPoint.block?.owner;
    if (owner?.kind === "prim::TracedModuleForward") this.graph.insertPoint = owner.next!;
  }
  /** Runs `f` with a frame of its own for what it computes. */
  withFrame<T>(f: () => T): T {
    this.#frames.push(new WeakMap());
    try {
      return f();
    } finally {
      this.#frames.pop();
    }
  }

  // --- nodes ---

  /** A node of the current scope, not yet inserted. */
  create(kind: string, inputs: readonly Value[] = [], outputs = 1): Node {
    const n = this.graph.create(kind, inputs, outputs);
    n.scope = this.scope;
    return n;
  }
  /** Inserts at the insert point. */
  insert(n: Node): Node {
    return this.graph.insertNode(n);
  }
  /** A constant recorded at the program's place. */
  constant(v: IValue, type?: Type): Value {
    const n = createConstant(this.graph, v, this.host.here(), type);
    n.scope = this.scope;
    return this.insert(n).output;
  }
  /** The constant None, which has no place. */
  none(): Value {
    const n = this.create("prim::Constant");
    n.output.setType(NoneType);
    return this.insert(n).output;
  }
  list(elem: Type, items: readonly Value[]): Value {
    const n = this.create("prim::ListConstruct", items);
    n.output.setType(new ListType(elem));
    return this.insert(n).output;
  }
  tuple(items: readonly Value[]): Value {
    const n = this.create("prim::TupleConstruct", items);
    n.output.setType(new TupleType(items.map((v) => v.type)));
    return this.insert(n).output;
  }

  // --- values ---

  hasValue(v: object): boolean {
    return this.#frames.some((f) => f.has(v));
  }
  lookup(v: object): Value | undefined {
    for (let i = this.#frames.length - 1; i >= 0; i--) {
      const found = this.#frames[i].get(v);
      if (found) return found;
    }
    return undefined;
  }
  /** The value in the innermost frame. */
  lookupInFrame(v: object): Value | undefined {
    return this.#frames[this.#frames.length - 1].get(v);
  }
  bind(v: object, value: Value): void {
    this.#frames[this.#frames.length - 1].set(v, value);
  }
  /** Forgets a tensor: where it turns up again it is a constant. */
  forget(v: object): void {
    for (const f of this.#frames) f.delete(v);
  }

  /** The graph's value of what the program holds; what the trace did not compute becomes a constant. */
  getValue(v: IValue): Value {
    if (v instanceof Tensor) return this.#tensor(v);
    if (v instanceof ListValue && v.elemType.kind === "Tensor") {
      return this.list(AnyTensorType, v.items.map((i) => this.getValue(i)));
    }
    if (v instanceof TupleValue) return this.tuple(v.items.map((i) => this.getValue(i)));
    if (v instanceof FutureValue || v instanceof ScriptObject) {
      const found = this.lookup(v);
      if (found) return found;
      throw new RuntimeFault(
        "RuntimeError",
        v instanceof FutureValue
          ? "Tried to trace Future or Object that the tracer was not aware of."
          : `Tried to trace <${v.type.name} object> but it is not part of the active trace. Modules that are called ` +
            "during a trace must be registered as submodules of the thing being traced.",
      );
    }
    if (!isConstantable(v)) {
      throw new RuntimeFault(
        "RuntimeError",
        `Tracer cannot get value trace for type ${typeOfIValue(v)}. ` +
          "The below value could not be materialized as a constant:\n",
      );
    }
    return this.constant(v);
  }

  #tensor(t: Tensor): Value {
    const found = this.lookup(t);
    if (found) {
      if (!found.hasDebugName) {
        const name = this.host.nameOf(t);
        if (name) found.setDebugName(name);
      }
      return found;
    }
    if (t.requiresGrad) {
      throw new RuntimeFault(
        "RuntimeError",
        "Cannot insert a Tensor that requires grad as a constant. Consider making it a parameter or input, or " +
          `detaching the gradient\nTensor:\n${cppText(t)}`,
      );
    }
    // What the program does to the tensor later must not reach the recorded constant's type.
    const value = this.constant(t, typeOfIValue(t));
    this.bind(t, value);
    return value;
  }

  /** Says that the program's `v` is the graph's `value`; containers are taken apart. */
  setValue(v: IValue, value: Value): void {
    if (v instanceof Tensor) {
      this.bind(v, value);
      // The result of a call knows only that it is a tensor.
      if (value.type.kind === "Tensor" && value.type.facts.sizes === undefined) {
        value.setType(typeOfIValue(v));
      }
      return;
    }
    if (v instanceof ListValue || v instanceof TupleValue) {
      const n = this.insert(
        this.create(
          v instanceof ListValue ? "prim::ListUnpack" : "prim::TupleUnpack",
          [value],
          v.items.length,
        ),
      );
      const types = value.type.kind === "Tuple" ? value.type.elems : undefined;
      const elem = value.type.kind === "List" ? value.type.elem : AnyTensorType;
      v.items.forEach((item, i) => {
        n.outputs[i].setType(types?.[i] ?? elem);
        this.setValue(item, n.outputs[i]);
      });
      return;
    }
    if (v instanceof ScriptObject || v instanceof FutureValue) this.bind(v, value);
    else if (v instanceof DictValue) this.#entries(v, value);
    else {
      throw new RuntimeFault(
        "RuntimeError",
        `Tracer cannot set value trace for type ${
          typeOfIValue(v)
        }. Supported types are tensor, tensor list, and tuple of tensors.`,
      );
    }
  }
  #entries(dict: DictValue, value: Value): void {
    for (const [key, item] of dict.entries()) {
      const at = this.constant(key);
      at.node.range = undefined;
      const get = this.create("aten::__getitem__", [value, at]);
      get.schemaKey = `aten::__getitem__.Dict_${dict.keyType}`;
      get.output.setType(dict.valueType);
      this.setValue(item, this.insert(get).output);
    }
  }
}

/** The trace now being recorded, or null: outside of tracing, inside an operator, inside compiled code. */
export const tracing: { state: TracingState | null } = { state: null };

/** Runs `f` outside the trace. */
export function pauseTracing<T>(f: () => T): T {
  const state = tracing.state;
  tracing.state = null;
  try {
    return f();
  } finally {
    tracing.state = state;
  }
}
