/** `bytecode.pkl` as data: functions with instructions and tables, every row and number checked. */
import type { RuntimeFault } from "../../core/errors.ts";
import { type IValue, TupleValue } from "../../core/ivalue.ts";
import { refusal } from "../refusal.ts";
import { MAX_N, MAX_X, MOBILE_OPCODES, type MobileInstruction, type MobileOperator } from "./instructions.ts";

export interface MobileArgument {
  readonly name: string;
  readonly type: string;
  /** Null when there is none, and when it is None. */
  readonly defaultValue: IValue;
}

export interface MobileFunction {
  /** `__torch__.Net.forward`. */
  readonly name: string;
  readonly instructions: readonly MobileInstruction[];
  readonly operators: readonly MobileOperator[];
  readonly constants: readonly IValue[];
  readonly types: readonly string[];
  /** Absent in version 4, which may leave it out. */
  readonly schema:
    | { readonly args: readonly MobileArgument[]; readonly returns: readonly MobileArgument[] }
    | undefined;
}

export interface BytecodeFile {
  readonly version: number;
  readonly functions: readonly MobileFunction[];
}

const ENTRY = "bytecode.pkl";
const OLDEST = 4, NEWEST = 9;
/** From this version on operators say how many arguments are on the stack; from the next on schemas must be there. */
const SPECIFIED_FROM = 6, SCHEMA_FROM = 5;

function fault(what: string): RuntimeFault {
  return refusal(ENTRY, 0, what);
}
function items(v: IValue | undefined, what: string): readonly IValue[] {
  if (!(v instanceof TupleValue)) throw fault(`${what} is no tuple`);
  return v.items;
}
function text(v: IValue | undefined, what: string): string {
  if (typeof v !== "string") throw fault(`${what} is no text`);
  return v;
}
function int(v: IValue | undefined, what: string, low: number, high: number): number {
  if (typeof v !== "number" || v < low || v > high) {
    throw fault(`${what} is no number from ${low} to ${high}`);
  }
  return v;
}
/** The value of row `index`, which must bear that name. */
function row(table: readonly IValue[], index: number, name: string): IValue {
  const pair = items(table[index], `row ${name}`);
  if (pair.length !== 2 || pair[0] !== name) throw fault(`row ${index} is not ${name}`);
  return pair[1];
}

/** Reads the pickled value. Throws, naming what is wrong, for anything but versions 4 to 9 in their form. */
export function readBytecode(v: IValue): BytecodeFile {
  const [head, ...rest] = items(v, "the file");
  if (typeof head !== "number") throw fault("bytecode from before version 4 does not say its version");
  const version = head;
  if (version < OLDEST || version > NEWEST) {
    // PyTorch's words.
    throw fault(
      `Lite Interpreter version number does not match. The model version must be between ${OLDEST} and ${NEWEST} ` +
        `but the model version is ${version}`,
    );
  }
  return { version, functions: rest.map((f) => readFunction(f, version)) };
}

function readFunction(v: IValue, version: number): MobileFunction {
  const parts = items(v, "a function");
  const name = text(parts[0], "a function's name");
  const table = items(parts[1], `${name}'s code`);
  const instructions = items(row(table, 0, "instructions"), "instructions").map((i) => {
    const [op, x, n] = items(i, "an instruction");
    const opcode = text(op, "an opcode"), known = MOBILE_OPCODES.get(opcode);
    if (known === undefined) throw fault(`${name}: unknown instruction ${opcode}`);
    if (!known) throw fault(`${name}: ${opcode} is not supported in mobile module.`);
    return {
      op: opcode,
      x: int(x, `${opcode}'s X`, -MAX_X - 1, MAX_X),
      n: int(n, `${opcode}'s N`, 0, MAX_N),
    };
  });
  const operators = items(row(table, 1, "operators"), "operators").map((o) => {
    const [base, overload, specified] = items(o, "an operator");
    const given = version >= SPECIFIED_FROM && specified !== undefined;
    return {
      name: text(base, "an operator's name"),
      overload: text(overload, "an operator's overload"),
      specified: given ? int(specified, "a number of arguments", -1, MAX_N) : -1,
    };
  });
  const constants = items(row(table, 2, "constants"), "constants");
  const types = items(row(table, 3, "types"), "types").map((t) => text(t, "a type"));
  int(row(table, 4, "register_size"), "register_size", 0, MAX_X);
  if (parts.length < 3 && version >= SCHEMA_FROM) throw fault(`${name} has no schema`);
  return { name, instructions, operators, constants, types, schema: readSchema(parts[2]) };
}

function readSchema(v: IValue | undefined): MobileFunction["schema"] {
  if (v === undefined || v === null) return undefined;
  const table = items(v, "a schema");
  const list = (index: number, name: string) =>
    items(row(table, index, name), name).map((a) => {
      const rows = items(a, "an argument");
      return {
        name: text(row(rows, 0, "name"), "an argument's name"),
        type: text(row(rows, 1, "type"), "an argument's type"),
        defaultValue: row(rows, 2, "default_value"),
      };
    });
  return { args: list(0, "arguments"), returns: list(1, "returns") };
}
