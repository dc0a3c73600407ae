/**
 * Operators on tensors of the arena while every kernel call detaches every view of its memory: one that keeps a view
 * across a call would read nothing. Results must be those of the JS heap.
 */

import { type IValue, ListValue, TupleValue } from "../../core/ivalue.ts";
import { enterRegion, Region } from "../../core/region.ts";
import { Storage } from "../../core/storage.ts";
import { Tensor } from "../../core/tensor.ts";
import { poisonMemory, wasmArena } from "../../ops/wasm/mod.ts";
import { loadCases, recordings, runCase } from "../ops/families/recorded_case.ts";

const arena = wasmArena();

/** The tensor's bytes in the arena, the storage shared as before. */
function inArena(moved: Map<Storage, Storage>, t: Tensor): Tensor {
  let s = moved.get(t.storage);
  if (!s) {
    s = Storage.arena(arena!, t.storage.nbytes);
    s.bytes().set(t.storage.bytes());
    moved.set(t.storage, s);
  }
  const out = new Tensor(s, t.scalarType, t.sizes, t.strides, t.storageOffset);
  out.requiresGrad = t.requiresGrad;
  return out;
}

function placed(moved: Map<Storage, Storage>, v: IValue): IValue {
  if (v instanceof Tensor) return inArena(moved, v);
  if (v instanceof ListValue) return new ListValue(v.elemType, v.items.map((x) => placed(moved, x)));
  if (v instanceof TupleValue) return new TupleValue(v.items.map((x) => placed(moved, x)), v.type);
  return v;
}

for (const name of recordings()) {
  Deno.test({
    name: `in the arena: ${name}`,
    ignore: arena === null,
    fn() {
      const wrong: string[] = [];
      loadCases(name).forEach((c, i) => {
        if (runCase(c)) return;
        const moved = new Map<Storage, Storage>();
        const region = new Region(arena!);
        const before = enterRegion(region);
        poisonMemory(true);
        try {
          const difference = runCase(c, { to: (v) => placed(moved, v), back: (v) => v });
          if (difference) wrong.push(`#${i} ${c.key}: ${difference}`);
        } finally {
          poisonMemory(false);
          enterRegion(before);
          region.release();
          for (const s of moved.values()) s.release();
        }
      });
      if (wrong.length) throw new Error(`${wrong.length} differ\n${wrong.join("\n")}`);
    },
  });
}
