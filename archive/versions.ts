/** The number in an archive's `version` member: how old a reader may be for the operators its code uses. */
const BUMPED: Record<string, number> = {
  "aten::div.Tensor": 4,
  "aten::div.Scalar": 4,
  "aten::div.out": 4,
  "aten::div_.Tensor": 4,
  "aten::div_.Scalar": 4,
  "aten::div.Tensor_mode": 4,
  "aten::div.Scalar_mode": 4,
  "aten::div.out_mode": 4,
  "aten::div_.Tensor_mode": 4,
  "aten::div_.Scalar_mode": 4,
  "aten::full": 5,
  "aten::full.out": 5,
  "aten::linspace": 8,
  "aten::linspace.out": 8,
  "aten::logspace": 9,
  "aten::logspace.out": 9,
  "aten::gelu": 10,
  "aten::gelu.out": 10,
};

export const MIN_VERSION = 3;
const OLDEST_READ = 1, NEWEST_READ = 10;
/** From this version on the member is called `.data/version`. */
const MOVED = 6;

export function versionNeeding(operator: string): number {
  return BUMPED[operator] ?? MIN_VERSION;
}

export function versionMember(version: number): { name: string; text: string } {
  return { name: version >= MOVED ? ".data/version" : "version", text: `${version}\n` };
}

/** The number, or undefined when no reader takes such a file. */
export function parseVersion(text: string): number | undefined {
  const n = /^\d+\n?$/.test(text) ? Number(text) : NaN;
  return n >= OLDEST_READ && n <= NEWEST_READ ? n : undefined;
}
