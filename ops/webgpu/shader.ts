/** Parts that shader texts are put together from. */
import type { ScalarType } from "../../core/scalar_type.ts";
import { wgslFunctions } from "../expr/mod.ts";
import { ROUNDING, storedType } from "./elements.ts";

/** Invocations of a workgroup where nothing asks for another number. */
export const GROUP = 256;
const MAX_GROUPS = 65535;

/** Workgroups for `n` invocations of `GROUP`: the first dimension, and the second where that is not enough. */
export function groupsFor(n: number, each: number = GROUP): [number, number, number] {
  const groups = Math.ceil(n / each);
  if (groups <= MAX_GROUPS) return [groups, 1, 1];
  const rows = Math.ceil(groups / MAX_GROUPS);
  return [Math.ceil(groups / rows), rows, 1];
}

/** The invocation's number as `i`. */
export const INVOCATION = `let i = i32(gid.x + gid.y * groups.x * ${GROUP}u);`;
/** The workgroup's number as `w`. */
export const WORKGROUP = "let w = i32(wid.x + wid.y * groups.x);";

/** Bindings: parameters `p`, then writable buffers, then the others, each of a dtype's stored type. */
export function bindings(writes: Record<string, ScalarType>, reads: Record<string, ScalarType>): string {
  let at = 0;
  const line = (name: string, type: string, mode: string) =>
    `@group(0) @binding(${at++}) var<storage, ${mode}> ${name}: array<${type}>;`;
  return [
    line("p", "i32", "read"),
    ...Object.entries(writes).map(([n, t]) => line(n, storedType(t), "read_write")),
    ...Object.entries(reads).map(([n, t]) => line(n, storedType(t), "read")),
  ].join("\n");
}

/** A whole shader: bindings, the functions the body calls, and `main` with this body. */
export function shader(head: string, body: string, group: number | string = GROUP): string {
  const rounding = /wick_round_/.test(body + head) ? ROUNDING : "";
  return `${head}
${wgslFunctions(head + body)}
${rounding}
@compute @workgroup_size(${group})
fn main(
  @builtin(global_invocation_id) gid: vec3<u32>,
  @builtin(local_invocation_id) lid: vec3<u32>,
  @builtin(workgroup_id) wid: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
) {
${body}
}
`;
}

/** 53 bits of hash as text: part of the names of kernels made from expressions. */
export function hashText(s: string): string {
  let a = 0x811c9dc5, b = 0x1000193;
  for (let i = 0; i < s.length; i++) {
    const c = s.charCodeAt(i);
    a = Math.imul(a ^ c, 0x01000193);
    b = Math.imul(b ^ c, 0x85ebca6b) + (b >>> 13);
  }
  return ((a >>> 0) * 2 ** 21 + ((b >>> 0) >>> 11)).toString(36);
}
