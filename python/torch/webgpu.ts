/** `torch.webgpu`, Wick's own beside `torch.cuda`, and placing new tensors on a device. */
import { CPU, Device } from "../../core/device.ts";
import type { Tensor } from "../../core/tensor.ts";
import { backendOf, movedTo } from "../../ops/backend.ts";
import { getDefaultDevice, setDefaultDevice } from "../../ops/default_device.ts";
import * as r from "../runtime/mod.ts";
import { deviceType, parseDevice } from "./core/objects.ts";

const WEBGPU = Device.of("webgpu");

/** The tensor on the device that a `device=` argument names; itself when there is none. */
export function placedOn(t: Tensor, device: r.Value | undefined): Tensor {
  const d = device === null || device === undefined
    ? getDefaultDevice()
    : device instanceof Device
    ? device
    : parseDevice(r.str(device));
  if (d.type !== "webgpu") return t;
  return movedTo(t, d) as Tensor;
}

/** `torch.set_default_device` and its kin; a device is also a context manager that sets the default within. */
export function defaultDeviceFunctions(): Record<string, r.Value> {
  return {
    set_default_device: r.fn("set_default_device", "device", (d: r.Value) => {
      setDefaultDevice(d === null ? CPU : d instanceof Device ? d : parseDevice(r.str(d)));
      return null;
    }),
    get_default_device: r.fn("get_default_device", "", () => getDefaultDevice()),
  };
}
const outer: Device[] = [];
r.methods(deviceType, {
  __enter__: ["", (d: Device) => {
    outer.push(setDefaultDevice(d));
    return d;
  }],
  __exit__: ["*args", () => {
    setDefaultDevice(outer.pop() ?? CPU);
    return null;
  }],
});

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
