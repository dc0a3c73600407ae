/** Keeps one copy of equal constants and moves all of them to the top of the graph. */
import { FunctionValue, type IValue, ListValue, TupleValue } from "../../core/ivalue.ts";
import { Complex, Float } from "../../core/scalar.ts";
import { Device } from "../../core/device.ts";
import { EnumValue } from "../../core/ivalue.ts";
import { Tensor } from "../../core/tensor.ts";
import type { Block, Graph, Node } from "../ir/graph.ts";

/**
 * Constants end up in the reverse of the order in which they are met, since each moves to the very front;
 * printed graphs show it. Containers and tensors that a graph returns are never shared with another.
 */
export function constantPooling(graph: Graph): void {
  const pool = new Map<string, Node>();
  const identities = new Map<object, number>();
  poolBlock(graph, graph.block, pool, identities);
}

function poolBlock(graph: Graph, block: Block, pool: Map<string, Node>, ids: Map<object, number>): void {
  for (const n of [...block.nodes()]) {
    if (n.blocks.length) {
      for (const b of n.blocks) poolBlock(graph, b, pool, ids);
      continue;
    }
    if (n.kind !== "prim::Constant") continue;
    const a = n.attributes.get("value");
    // PyTorch makes an enum constant anew each time and compares them by identity.
    const key = a?.kind === "ival" && a.value instanceof EnumValue ? `enum${pool.size}` : constantKey(n, ids);
    const existing = pool.get(key);
    if (existing) {
      if (isMutable(n) && escapes(graph, n) && escapes(graph, existing)) continue;
      n.output.replaceAllUsesWith(existing.output);
      n.destroy();
      continue;
    }
    pool.set(key, n);
    const first = graph.block.first;
    if (n !== first) n.moveBefore(first);
  }
}

function isMutable(n: Node): boolean {
  const a = n.attributes.get("value");
  return a?.kind === "ival" && (a.value instanceof ListValue || a.value instanceof Tensor);
}
function escapes(graph: Graph, n: Node): boolean {
  return n.output.uses.some((u) => u.user === graph.block.ret || u.user.kind === "prim::TupleConstruct");
}

/** Text that two constants share exactly when one may stand for the other. */
export function constantKey(n: Node, ids: Map<object, number>): string {
  const a = n.attributes.get("value");
  const name = n.attributes.get("name");
  return `${n.output.type}|${name?.kind === "s" ? name.value : ""}|${
    a?.kind === "ival" ? valueKey(a.value, ids) : ""
  }`;
}

function identity(o: object, ids: Map<object, number>): string {
  let id = ids.get(o);
  if (id === undefined) ids.set(o, id = ids.size);
  return `#${id}`;
}

/** Text that two constants share exactly when they are equal; large tensors and objects compare by identity. */
function valueKey(v: IValue, ids: Map<object, number>): string {
  if (v === null || typeof v === "boolean") return String(v);
  if (typeof v === "number" || typeof v === "bigint") return `i${v}`;
  if (typeof v === "string") return JSON.stringify(v);
  if (v instanceof Float) return Object.is(v.value, -0) ? "f-0" : `f${v.value}`;
  if (v instanceof Complex) return `c${v.re},${v.im}`;
  if (v instanceof Device) return `d${v}`;
  if (v instanceof EnumValue) return `e${v.type.name}.${v.name}`;
  if (v instanceof FunctionValue) return `fn${v.fn.qualifiedName}`;
  if (v instanceof ListValue) return `[${v.items.map((x) => valueKey(x, ids)).join(",")}]`;
  if (v instanceof TupleValue) return `(${v.items.map((x) => valueKey(x, ids)).join(",")})`;
  // Large tensors are rarely equal, and comparing them would cost more than it saves.
  if (v instanceof Tensor && v.numel <= 64 && v.isContiguous && v.storage.deviceMemory === null) {
    const from = v.storageOffset * v.itemSize;
    return `t${v.scalarType}:${v.sizes}:${v.storage.bytes().subarray(from, from + v.numel * v.itemSize)}`;
  }
  return identity(v, ids);
}
