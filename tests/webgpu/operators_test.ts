/**
 * Operators on the adapter against PyTorch's recorded results: a case gives PyTorch's answer, or says that its operator
 * is not there for webgpu. Every 12th case; WICK_WEBGPU_CASES=1 runs all.
 */
import { Device } from "../../core/device.ts";
import { NotImplemented } from "../../core/errors.ts";
import { type IValue, ListValue, TupleValue } from "../../core/ivalue.ts";
import { settled } from "../../core/pending.ts";
import { ScalarType } from "../../core/scalar_type.ts";
import { Tensor } from "../../core/tensor.ts";
import { downloadedNow, uploaded } from "../../ops/webgpu/mod.ts";
import {
  gapsIn,
  type Json,
  loadCases,
  type Placement,
  type RecordedCase,
  recordings,
  runCase,
} from "../ops/families/recorded_case.ts";
import { HAS_ADAPTER } from "./adapter.ts";

const EVERY = Number(Deno.env.get("WICK_WEBGPU_CASES") ?? 12);

/** What the device has no type for, and what it cannot say: values of containers, and where a tensor is. */
const NO_TYPE = new Set<number>([
  ScalarType.Double,
  ScalarType.ComplexHalf,
  ScalarType.ComplexFloat,
  ScalarType.ComplexDouble,
]);
const ELSEWHERE =
  /^(prim::(device|is_cpu)|aten::(str|cpu|get_device)$|aten::view\.dtype|aten::to\.prim_Device)/;
/** Recordings of which of equal elements the CPU's own algorithms take; the device takes the first. */
const CHOICES = new Set(["ties_and_norms"]);
/** Functions whose error WGSL leaves to the adapter, and what is computed from them. */
const LOOSE = 5e-4;

function fits(j: Json): boolean {
  if (j === null || typeof j !== "object") return true;
  if ("t" in j) return !NO_TYPE.has(j.t);
  if ("l" in j) return j.l.every(fits);
  return !("c" in j) && !("d" in j);
}
function hasTensor(j: Json): boolean {
  if (j === null || typeof j !== "object") return false;
  return "t" in j || ("l" in j && j.l.some(hasTensor));
}
function runs(c: RecordedCase): boolean {
  return c.error === undefined && c.args.every(fits) && fits(c.out ?? null) && c.args.some(hasTensor) &&
    !ELSEWHERE.test(c.key);
}

function isFloat32(j: Json): boolean {
  if (j === null || typeof j !== "object") return false;
  return "t" in j ? j.t === ScalarType.Float : "l" in j && j.l.some(isFloat32);
}

const WEBGPU = Device.of("webgpu");

/** The whole storage is moved, so that views stay the views they are. */
function whole(t: Tensor): Tensor {
  return new Tensor(t.storage, t.scalarType, [t.storage.nbytes / t.itemSize], [1]);
}
function moved(t: Tensor, through: (t: Tensor) => Tensor): Tensor {
  return new Tensor(through(whole(t)).storage, t.scalarType, t.sizes, t.strides, t.storageOffset);
}
function each(v: IValue, f: (t: Tensor) => Tensor): IValue {
  if (v instanceof Tensor) return f(v);
  if (v instanceof ListValue) return new ListValue(v.elemType, v.items.map((x) => each(x, f)));
  return v instanceof TupleValue ? new TupleValue(v.items.map((x) => each(x, f))) : v;
}
const placement: Placement = {
  to: (v) => each(v, (t) => moved(t, uploaded)),
  back: (v) => each(settled(v), (t) => t.device === WEBGPU ? moved(t, downloadedNow) : t),
};

for (const name of recordings()) {
  if (CHOICES.has(name)) continue;
  Deno.test({
    name: `operators on webgpu: ${name}`,
    ignore: !HAS_ADAPTER,
    sanitizeResources: false,
    sanitizeOps: false,
    fn() {
      const gaps = gapsIn(name), failures: string[] = [];
      let ran = 0, missing = 0;
      loadCases(name).forEach((c, i) => {
        if (i % EVERY !== 0 || !runs(c) || gaps.has(`${i} ${c.key}`)) return;
        try {
          const tol = isFloat32(c.out ?? null) ? Math.max(c.tol ?? 0, LOOSE) : c.tol;
          const difference = runCase({ ...c, tol }, placement, (e) => e instanceof NotImplemented);
          ran++;
          if (difference) failures.push(`#${i} ${c.key}: ${difference}`);
        } catch (e) {
          missing++;
          const honest = /operator \S+( for device webgpu)? is not implemented/.test((e as Error).message);
          if (!honest) failures.push(`#${i} ${c.key}: ${e}`);
        }
      });
      if (Deno.env.has("WICK_WEBGPU_CASES")) console.log(`${name}: ${ran} ran, ${missing} without a kernel`);
      if (failures.length) throw new Error(`${failures.length} of ${ran} differ\n${failures.join("\n")}`);
    },
  });
}
