/** `torch.webgpu`, Wick's own beside `torch.cuda`, and placing new tensors on a device. */
import { Device } from "../../core/device.ts";
import type { Tensor } from "../../core/tensor.ts";
import { backendOf, movedTo } from "../../ops/backend.ts";
import * as r from "../runtime/mod.ts";
import { parseDevice } from "./core/objects.ts";

const WEBGPU = Device.of("webgpu");

/** The tensor on the device that a `device=` argument names; itself when there is none. */
export function placedOn(t: Tensor, device: r.Value | undefined): Tensor {
  if (device === null || device === undefined) return t;
  const d = device instanceof Device ? device : parseDevice(r.str(device));
  if (d.type !== "webgpu") return t;
  return movedTo(t, d) as Tensor;
}

export function webgpuModule(): r.PyModule {
  const here = () => backendOf(WEBGPU);
  return r.moduleOf("torch.webgpu", {
    is_available: r.fn("is_available", "", () => here().isAvailable()),
    device_count: r.fn("device_count", "", () => here().isAvailable() ? 1 : 0),
    current_device: r.fn("current_device", "", () => 0),
    get_device_name: r.fn("get_device_name", "device=None", () => here().name()),
    manual_seed: r.fn("manual_seed", "seed", () => null),
    manual_seed_all: r.fn("manual_seed_all", "seed", () => null),
    synchronize: r.fn("synchronize", "device=None", () => (here().synchronize(), null)),
    empty_cache: r.fn("empty_cache", "", () => null),
  });
}
