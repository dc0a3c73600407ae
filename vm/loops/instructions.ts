/** The text of each instruction but operators. What is not here is left to the interpreter. */
import type { Instruction } from "../../bytecode/decoder.ts";
import type { LoopText } from "./emit.ts";

export type Write = (e: LoopText, ins: Instruction) => void;

/** Operand `i` where it is a number: a field, an index, a count. */
export function field(ins: Instruction, i: number): number {
  return ins.operands[i].value as number;
}
export function fields(ins: Instruction, i: number): readonly number[] {
  return ins.operands[i].value as readonly number[];
}

const SAFE = Number.MAX_SAFE_INTEGER;

/** `t` is the result; beyond the safe range the interpreter makes the bigint. */
function sum(sign: "+" | "-" | "*"): Write {
  return (e, ins) => {
    const [d, a, b] = [field(ins, 0), field(ins, 1), field(ins, 2)];
    e.needNumbers(a, b);
    e.line(`t = ${e.raw(a)} ${sign} ${e.raw(b)};`);
    e.leaveIf(`Math.abs(t) > ${SAFE}`);
    // Adding 0 turns -0 into the int 0, which a positive factor never makes.
    const isSigned = sign === "*" && !((e.constant(a) ?? 0) > 0 || (e.constant(b) ?? 0) > 0);
    e.set(d, isSigned ? "t + 0" : "t");
  };
}

const isInt32 = (x: string) => `(${x} | 0) === ${x}`;

/** Small operands by the engine's integers, which `| 0` asks for; larger ones through the exact quotient; the rest as the interpreter does. */
const remainder: Write = (e, ins) => {
  const [d, a, b] = [field(ins, 0), field(ins, 1), field(ins, 2)], k = e.constant(b);
  e.needNumbers(a, b);
  const x = e.raw(a), y = e.raw(b);
  if (k !== undefined && k > 0 && k < 2 ** 31) {
    e.line(`if (${isInt32(x)}) { t = ((${x} | 0) % ${k}) | 0; if (t < 0) t += ${k}; }`);
    e.line(`else if (${x} <= ${2 ** 52} && ${x} >= ${-(2 ** 52)}) {`);
    // The quotient by the reciprocal is at most one off.
    e.line(
      `t = ${x} - Math.floor(${x} * ${1 / k}) * ${k}; if (t < 0) t += ${k}; else if (t >= ${k}) t -= ${k};`,
    );
    e.line(`} else t = modInt(${x}, ${k});`);
    e.set(d, "t | 0");
  } else {
    e.leaveIf(`${y} === 0`);
    e.line(
      `if (${isInt32(x)} && ${
        isInt32(y)
      } && ${y} > 0) { t = ((${x} | 0) % (${y} | 0)) | 0; if (t < 0) t += ${y}; }`,
    );
    e.line(`else t = modInt(${x}, ${y});`);
    e.set(d, "t");
  }
};

const quotient: Write = (e, ins) => {
  const [d, a, b] = [field(ins, 0), field(ins, 1), field(ins, 2)];
  e.needNumbers(a, b);
  const x = e.raw(a), y = e.raw(b);
  if (!e.constant(b)) e.leaveIf(`${y} === 0`);
  e.set(d, `${isInt32(x)} ? Math.floor(${x} / ${y}) + 0 : floorDivInt(${x}, ${y})`);
};

/** `R[A] = R[B] op R[C]` on values whose representation does not matter, or which are raw floats. */
function binary(sign: string): Write {
  return (e, ins) => e.set(field(ins, 0), `${e.raw(field(ins, 1))} ${sign} ${e.raw(field(ins, 2))}`);
}
function compared(sign: string): Write {
  return (e, ins) => e.set(field(ins, 0), `${e.value(field(ins, 1))} ${sign} ${e.value(field(ins, 2))}`);
}
function branch(condition: string): Write {
  return (e, ins) => {
    e.line(`if (${e.raw(field(ins, 0))} ${condition} true) {`);
    if (field(ins, 1) <= 0) e.countJump(ins);
    e.jump(ins);
    e.line("}");
  };
}

/** The counter goes up; the loop goes on while the condition holds. */
function counted(condition: (e: LoopText, ins: Instruction) => string): Write {
  return (e, ins) => {
    const counter = field(ins, 0);
    e.line(`t = ${e.raw(counter)} + 1;`);
    e.line(`if (${condition(e, ins)}) {`);
    e.set(counter, "t");
    e.countJump(ins);
    e.jump(ins);
    e.line("}");
    e.set(counter, "t");
  };
}

/** Marks what a container or object takes in. */
export function escapes(e: LoopText, f: number): void {
  if (!e.isPlain(f)) e.line(`if (typeof ${e.raw(f)} === "object") escape(${e.raw(f)});`);
}

function unpack(e: LoopText, ins: Instruction): void {
  const source = e.raw(field(ins, 0)), to = fields(ins, 1);
  e.leaveIf(`${source}.items.length !== ${to.length}`);
  e.line(`{ const items = ${source}.items;`);
  to.forEach((d, i) => e.set(d, `items[${i}]`));
  e.line("}");
}

function construct(make: "list" | "tuple"): Write {
  return (e, ins) => {
    const args = fields(ins, 2).map((f) => e.value(f));
    e.set(field(ins, 0), `${make}(${e.object(field(ins, 1))}, [${args.join(", ")}])`);
  };
}

export const INSTRUCTIONS: Readonly<Record<string, Write>> = {
  MOVE: (e, ins) => e.set(field(ins, 0), e.value(field(ins, 1)), e.measured(field(ins, 1))),
  JMP: (e, ins) => {
    if (field(ins, 1) <= 0) e.countJump(ins);
    e.jump(ins);
  },
  JF: branch("!=="),
  JT: branch("==="),
  FORPREP: (e, ins) => {
    e.set(field(ins, 0), "0");
    e.line(`if (!(${e.raw(field(ins, 1))} > 0)) {`);
    e.jump(ins);
    e.line("}");
  },
  FORLOOP: counted((e, ins) => `t < ${e.raw(field(ins, 1))}`),
  FORLOOPC: counted((e, ins) => `t < ${e.raw(field(ins, 1))} && ${e.raw(field(ins, 2))} === true`),
  ADD_I: sum("+"),
  SUB_I: sum("-"),
  MUL_I: sum("*"),
  FDIV_I: quotient,
  MOD_I: remainder,
  NEG_I: (e, ins) => {
    e.needNumbers(field(ins, 1));
    e.set(field(ins, 0), `0 - ${e.raw(field(ins, 1))}`);
  },
  LT_I: binary("<"),
  LE_I: binary("<="),
  GT_I: binary(">"),
  GE_I: binary(">="),
  EQ_I: binary("==="),
  NE_I: binary("!=="),
  ADD_F: binary("+"),
  SUB_F: binary("-"),
  MUL_F: binary("*"),
  DIV_F: binary("/"),
  NEG_F: (e, ins) => e.set(field(ins, 0), `-${e.raw(field(ins, 1))}`),
  LT_F: binary("<"),
  LE_F: binary("<="),
  GT_F: binary(">"),
  GE_F: binary(">="),
  EQ_F: binary("==="),
  NE_F: binary("!=="),
  I2F: (e, ins) => {
    const a = field(ins, 1);
    e.set(field(ins, 0), e.isNumeric(a) ? e.raw(a) : `toFloat(${e.raw(a)})`);
  },
  NOT: (e, ins) => e.set(field(ins, 0), `${e.raw(field(ins, 1))} !== true`),
  AND: (e, ins) =>
    e.set(field(ins, 0), `${e.raw(field(ins, 1))} === true && ${e.raw(field(ins, 2))} === true`),
  OR: (e, ins) =>
    e.set(field(ins, 0), `${e.raw(field(ins, 1))} === true || ${e.raw(field(ins, 2))} === true`),
  IS: compared("==="),
  ISNOT: compared("!=="),
  LEN: (e, ins) => e.set(field(ins, 0), `${e.raw(field(ins, 1))}.items.length`),
  LGET: (e, ins) => {
    const list = field(ins, 1), index = field(ins, 2);
    e.needNumbers(index);
    e.line(`{ const items = ${e.raw(list)}.items;`);
    e.line(`t = ${e.raw(index)}; if (t < 0) t += items.length;`);
    e.leaveIf("!(t >= 0 && t < items.length)");
    e.set(field(ins, 0), "items[t]");
    e.line("}");
  },
  LPUSH: (e, ins) => {
    const v = field(ins, 1);
    escapes(e, v);
    e.line(`${e.raw(field(ins, 0))}.items.push(${e.value(v)});`);
  },
  LIST: construct("list"),
  TUPLE: construct("tuple"),
  UNPACK: unpack,
  UNPACKL: unpack,
  TGET: (e, ins) => e.set(field(ins, 0), `${e.raw(field(ins, 1))}.items[${field(ins, 2)}]`),
  GETATTR: (e, ins) => e.set(field(ins, 0), `${e.raw(field(ins, 1))}.slots[${field(ins, 2)}]`),
  SETATTR: (e, ins) => {
    const v = field(ins, 1);
    escapes(e, v);
    e.line(`${e.raw(field(ins, 0))}.slots[${field(ins, 2)}] = ${e.value(v)};`);
  },
  ISINST: (e, ins) =>
    e.set(field(ins, 0), `isInstance(${e.value(field(ins, 1))}, ${e.object(field(ins, 2))})`),
  UNINIT: (e, ins) => e.line(`r${field(ins, 0) & 0x3fff} = null;`),
  UNWRAP: (e, ins) => {
    e.leaveIf(`${e.raw(field(ins, 1))} === null`);
    e.set(field(ins, 0), e.value(field(ins, 1)));
  },
  DROP: () => {},
};
