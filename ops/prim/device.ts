/** TorchScript's operators on devices and on what runs the program. */
import { check } from "../../core/errors.ts";
import { Device } from "../../core/device.ts";
import { type Family, raw } from "../declaration.ts";

const PYTORCH =
  "cpu, cuda, ipu, xpu, mkldnn, opengl, opencl, ideep, hip, ve, fpga, maia, xla, lazy, vulkan, mps, " +
  "meta, hpu, mtia, privateuseone";
const TYPES = new Set([...PYTORCH.split(", "), "webgpu"]);

/** `cpu`, `cuda:0`: PyTorch's devices and Wick's own `webgpu`. */
function parseDevice(text: string): Device {
  check(text !== "", "Device string must not be empty");
  const parts = /^([A-Za-z_]+)(?::(0|[1-9][0-9]*))?$/.exec(text);
  check(parts !== null, `Invalid device string: '${text}'`);
  check(TYPES.has(parts[1]), `Expected one of ${PYTORCH} device type at start of device string: ${parts[1]}`);
  return Device.of(parts[1], parts[2] === undefined ? null : Number(parts[2]));
}

export const devices: Family = {
  "aten::device": raw("The device of that name.", parseDevice),
  "aten::device.with_index": raw(
    "The device of that name and number.",
    (type: string, index: number) => {
      check(
        !type.includes(":"),
        () => `type (string) must not include an index because index was passed explicitly: ${type}`,
      );
      const d = parseDevice(type);
      check(index >= 0, () => `Device index must be non-negative, got ${index}`);
      return Device.of(d.type, index);
    },
  ),
  "aten::_get_tracing_state": raw("Whether a trace is being recorded: never inside a script.", () => false),
  "aten::is_scripting": raw("True: whoever asks is a script.", () => true),
  "aten::is_autocast_enabled": raw("False: kernels keep their operands' precision.", () => false),
  "aten::is_autocast_cpu_enabled": raw("False: kernels keep their operands' precision.", () => false),
};
