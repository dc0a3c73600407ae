/** The device that creation operators use when none is named, as `torch.set_default_device` sets it. */
import { CPU, type Device } from "../core/device.ts";

let current: Device = CPU;

export function getDefaultDevice(): Device {
  return current;
}
/** Returns what was set before. */
export function setDefaultDevice(d: Device): Device {
  const before = current;
  current = d;
  return before;
}
