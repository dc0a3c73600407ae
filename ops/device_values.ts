/** Moving whole values, models among them, between devices. */
import { CPU, type Device } from "../core/device.ts";
import { DictValue, type IValue, ListValue, ScriptObject, TupleValue } from "../core/ivalue.ts";
import type { Storage } from "../core/storage.ts";
import { Tensor } from "../core/tensor.ts";
import { backendFor, movedTo } from "./backend.ts";

function moved(t: Tensor, device: Device): Tensor {
  if (device.type === "cpu") return backendFor(t)?.readNow(t) ?? t;
  return movedTo(t, device) as Tensor;
}

/**
 * Every tensor in the value on `device`, with its identity: objects, lists and dicts hold the same tensors as before, and
 * tensors that were one view of one storage stay so. Returns the value.
 */
export function moveInPlace(v: IValue, device: Device): IValue {
  const target = device.type === "cpu" ? CPU : device;
  const views = new Map<Storage, Map<string, Tensor>>(), seen = new Set<object>();
  const move = (t: Tensor) => {
    if (t.storage.device.type === target.type) return;
    const key = `${t.scalarType} ${t.storageOffset} ${t.sizes} ${t.strides}`;
    let known = views.get(t.storage);
    if (!known) views.set(t.storage, known = new Map());
    let to = known.get(key);
    if (!to) known.set(key, to = moved(t, target));
    t.storage = to.storage;
    t.strides = to.strides;
    t.storageOffset = to.storageOffset;
  };
  const walk = (x: unknown) => {
    if (typeof x !== "object" || x === null || seen.has(x)) return;
    seen.add(x);
    if (x instanceof Tensor) move(x);
    else if (x instanceof ListValue || x instanceof TupleValue) x.items.forEach(walk);
    else if (x instanceof ScriptObject) x.slots.forEach(walk);
    else if (x instanceof DictValue) { for (const [k, y] of x.entries()) walk(k), walk(y); }
  };
  walk(v);
  return v;
}
