/**
 * Devices beside the CPU. An operator on tensors of another device runs the device's own kernel where it has one; else
 * its CPU kernel, as far as that is made of what a Backend does. A kernel that looks at elements on the host fails
 * there, and the failure names the operator. The device's code loads when it is first needed.
 */
import type { Device } from "../core/device.ts";
import { NotImplemented, RuntimeFault } from "../core/errors.ts";
import type { Scalar } from "../core/scalar.ts";
import type { ScalarType } from "../core/scalar_type.ts";
import { Tensor } from "../core/tensor.ts";
import type { Kernel } from "./declaration.ts";
import type { Expr, ValueType } from "./expr/mod.ts";

export interface Backend {
  readonly device: Device;
  /** The device's own kernel of an operator (`aten::mm`), in the kernel calling convention. */
  kernel(key: string): Kernel | undefined;
  /** The type elements compute in; throws for types the device lacks. */
  computeType(t: ScalarType): ValueType;
  /** A dense tensor with undefined contents. */
  empty(sizes: readonly number[], dtype: ScalarType, strides?: readonly number[]): Tensor;
  zeros(sizes: readonly number[], dtype: ScalarType, strides?: readonly number[]): Tensor;
  /** Writes `src`, broadcast and converted, over `dst`; one of them is the device's. */
  copy(dst: Tensor, src: Tensor): void;
  fill(t: Tensor, value: Scalar): void;
  /** out = e(inputs, scalars), element by element. */
  pointwise(
    e: Expr,
    out: Tensor,
    inputs: readonly Tensor[],
    scalars: readonly (number | bigint | boolean)[],
  ): void;
  isAvailable(): boolean;
  /** The adapter's name. */
  name(): string;
  /** Waits until everything recorded is computed. */
  synchronize(): void;
  /** The tensor on the host, waiting for it. */
  readNow(t: Tensor): Tensor;
}

let webgpu: Backend | undefined;

export function registerBackend(b: Backend): void {
  webgpu = b;
}

/** Loads a device's code ahead of its first use; needed where modules cannot be loaded synchronously. */
export async function loadBackend(): Promise<void> {
  webgpu ??= (await import("./webgpu/mod.ts")).backend;
}

interface ModuleModule {
  createRequire(url: string): (path: string) => { backend: Backend };
}

function required(): Backend {
  const p = (globalThis as { process?: { getBuiltinModule?(name: string): unknown } }).process;
  const m = p?.getBuiltinModule?.("node:module") as ModuleModule | undefined;
  if (!m || !import.meta.url.startsWith("file:")) {
    throw new RuntimeFault("RuntimeError", "webgpu is not loaded: open it first with `await webgpu.open()`");
  }
  return m.createRequire(import.meta.url)("./webgpu/mod.ts").backend;
}

/** The code of a device that is neither the CPU nor meta. */
export function backendOf(device: Device): Backend {
  if (device.type !== "webgpu") throw new NotImplemented(`device ${device}`);
  return webgpu ??= required();
}

/** The tensor itself, or read back where another device has it. */
export function onHost(t: Tensor): Tensor {
  return backendFor(t)?.readNow(t) ?? t;
}

/** Tensors of a creation operator's result, moved to the device that was asked for. */
export function movedTo(v: unknown, device: Device): unknown {
  if (Array.isArray(v)) return v.map((x) => movedTo(x, device));
  if (!(v instanceof Tensor)) return v;
  const backend = backendOf(device);
  if (v.storage.device === backend.device) return v;
  const out = backend.empty(v.sizes, v.scalarType);
  backend.copy(out, v);
  out.requiresGrad = v.requiresGrad;
  return out;
}

/** The device's code when the tensor is neither on the CPU nor on meta. */
export function backendFor(t: Tensor): Backend | undefined {
  const type = t.storage.device.type;
  return type === "cpu" || type === "meta" ? undefined : backendOf(t.storage.device);
}
