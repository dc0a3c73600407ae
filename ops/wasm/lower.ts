/** Expressions to machine nodes: rows expanded until each node is something the code generator can write. */
import { cast, type Expr, nodeText, type ValueType } from "../expr/expr.ts";
import { node } from "../expr/expr.ts";
import { arityOf } from "../expr/expr.ts";
import { laneOf, op, rowOf } from "../expr/rows.ts";
import { useRelaxed } from "./features.ts";

/** How often a node's value changes: with the call, with the row (inner stride 0), with the element. */
export type Level = 0 | 1 | 2;

export interface MachineNode {
  readonly op: string;
  readonly type: ValueType;
  readonly args: readonly MachineNode[];
  readonly index: number;
  readonly value: number | bigint;
  readonly level: Level;
  uses: number;
}

export interface Lowered {
  readonly root: MachineNode;
  /** All nodes, arguments before users. */
  readonly nodes: readonly MachineNode[];
}

/**
 * Lowers `e`. `inputTypes` are the tensors' own types: inputs of another type get a conversion. `inputLevel` says of
 * each input whether it changes within a row.
 */
export function lower(e: Expr, inputTypes: readonly ValueType[], inputLevel: readonly Level[]): Lowered {
  const relaxed = useRelaxed();
  const byText = new Map<string, MachineNode>();
  const nodes: MachineNode[] = [];
  const ids = new Map<MachineNode, number>();
  const done = new Map<Expr, MachineNode>();

  const intern = (x: Expr, args: readonly MachineNode[]): MachineNode => {
    const text = nodeText(x, args.map((a) => ids.get(a)!));
    const known = byText.get(text);
    if (known) return known;
    let level: Level = x.op === "input" ? inputLevel[x.index] : 0;
    for (const a of args) {
      a.uses++;
      if (a.level > level) level = a.level;
    }
    const n: MachineNode = { op: x.op, type: x.type, args, index: x.index, value: x.value, level, uses: 0 };
    byText.set(text, n);
    ids.set(n, nodes.push(n) - 1);
    return n;
  };

  const walk = (x: Expr): MachineNode => {
    const known = done.get(x);
    if (known) return known;
    const r = rewrite(x);
    const n = r === x ? intern(x, x.args.map(walk)) : walk(r);
    done.set(x, n);
    return n;
  };

  /** The node itself when it can be written as it stands, else what it means in simpler nodes. */
  const rewrite = (x: Expr): Expr => {
    switch (x.op) {
      case "input": {
        const own = inputTypes[x.index];
        return own === x.type ? x : cast(x.type, { ...x, type: own });
      }
      case "scalar":
      case "const":
      case "bitcast":
      case "where":
        return x;
      case "cast":
        // int64 has no way to bool but its own comparison, and bool none to 64 bits but its mask: both are direct
        return x.args[0].type === x.type ? x.args[0] : x;
      case "fma":
        return relaxed ? x : op("add", op("mul", x.args[0], x.args[1]), x.args[2]);
    }
    if (x.op.startsWith("rescue ")) return x;
    const row = rowOf(x.op), t = x.args[0].type;
    if (row.wasm?.[laneOf(t)] !== undefined) return x;
    if (t === "bool" && row.on !== "any") {
      const wide = node(x.op, x.type === "bool" ? "bool" : "u8", x.args.map((a) => cast("u8", a)));
      return x.type === "bool" ? wide : cast("bool", wide);
    }
    return row.expand?.(t, x.args) ?? x;
  };

  const root = walk(e);
  root.uses++;
  return { root, nodes };
}

const LEAVES = new Set(["input", "scalar", "const", "cast", "bitcast", "where", "fma"]);

/** Whether the expression is all instructions: no node of it calls back into JavaScript for every element. */
export function vectorised(e: Expr): boolean {
  const n = arityOf(e).inputs;
  const types: ValueType[] = new Array(n);
  const collect = (x: Expr): void => {
    if (x.op === "input") types[x.index] = x.type;
    x.args.forEach(collect);
  };
  collect(e);
  return lower(e, types, new Array<Level>(n).fill(2)).nodes.every((x) => {
    if (LEAVES.has(x.op) || x.op.startsWith("rescue ")) return true;
    const lane = laneOf(x.args[0].type), row = rowOf(x.op);
    return row.wasm?.[lane] !== undefined || (row.lanes !== undefined && (lane === "i32" || lane === "i64"));
  });
}
