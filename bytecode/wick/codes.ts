/** Functions: registers with their constants, tables, words. Instruction starts follow from the words. */
import { NotImplemented, RuntimeFault } from "../../core/errors.ts";
import type { IValue } from "../../core/ivalue.ts";
import { SLOT_BYTES } from "../../core/memory_budget.ts";
import { type Argument, FunctionSchema } from "../../core/schema.ts";
import { findOperator, Operator } from "../../ops/operator.ts";
import { Code, type RegisterValue } from "../code.ts";
import { decode } from "../decoder.ts";
import { REGISTER_MASK } from "../opcodes.ts";
import { verifyCode } from "../verifier.ts";
import type { ByteReader } from "./byte_reader.ts";
import { ByteWriter } from "./byte_writer.ts";
import { Obj, Tag } from "./layout.ts";
import type { StringTable } from "./strings.ts";
import type { TypeTable } from "./types.ts";
import type { ValuePool, ValueReader } from "./values.ts";
import type { Type } from "../../core/types.ts";

/** What cannot leave the host, with the place of the instruction that needs it. */
function refuseHost(code: Code): void {
  for (let at = 0; at < code.words.length;) {
    const ins = decode(code.words, at);
    if (ins.name === "HOST") {
      const host = code.objects[ins.operands[1].value as number] as { name?: string };
      const where = code.placeAt(at).range;
      throw new RuntimeFault(
        "TypeError",
        `Python function '${host.name ?? "?"}' is called${where ? ` at ${where}` : ""}: ` +
          "a .wick file holds compiled code only; give it @torch.jit.export instead of @torch.jit.ignore",
      );
    }
    at += ins.length;
  }
}

export class CodeTable {
  readonly codes: Code[] = [];
  readonly operators: Operator[] = [];
  readonly #indexOf = new Map<Code, number>();
  readonly #operatorIndex = new Map<Operator, number>();
  readonly #rows: ByteWriter[] = [];

  constructor(readonly strings: StringTable, readonly types: TypeTable, readonly values: ValuePool) {}

  /** Number of a function; those it starts as forks come before it. */
  index(code: Code): number {
    const known = this.#indexOf.get(code);
    if (known !== undefined) return known;
    refuseHost(code);
    const w = new ByteWriter();
    w.unsigned(this.strings.index(code.name));
    this.#schema(w, code.schema);
    w.unsigned(code.parameterCount);
    w.unsigned(code.constantCount);
    w.unsigned(code.registers.length);
    const end = code.parameterCount + code.constantCount;
    for (let i = code.parameterCount; i < end; i++) this.#register(w, code.registers[i]);
    w.unsigned(code.objects.length);
    for (const o of code.objects) this.#object(w, o, code);
    w.unsigned(code.words.length);
    w.words(code.words);
    const i = this.codes.push(code) - 1;
    this.#indexOf.set(code, i);
    this.#rows.push(w);
    return i;
  }
  #register(w: ByteWriter, v: RegisterValue): void {
    if (v === undefined) w.byte(Tag.Empty);
    else if (typeof v === "number" && (!Number.isSafeInteger(v) || Object.is(v, -0))) {
      w.byte(Tag.Raw);
      w.float64(v);
    } else this.values.put(w, v);
  }
  #object(w: ByteWriter, o: unknown, code: Code): void {
    if (o === null) w.byte(Obj.Null);
    else if (o instanceof Operator) {
      let i = this.#operatorIndex.get(o);
      if (i === undefined) this.#operatorIndex.set(o, i = this.operators.push(o) - 1);
      w.byte(Obj.Operator);
      w.unsigned(i);
    } else if (typeof o === "string") {
      w.byte(Obj.Str);
      w.unsigned(this.strings.index(o));
    } else if (o instanceof Code) {
      const i = this.index(o);
      w.byte(Obj.Code);
      w.unsigned(i);
    } else if (Array.isArray(o)) {
      w.byte(Obj.Types);
      w.unsigned(o.length);
      for (const t of o) w.unsigned(this.types.index(t));
    } else if (typeof (o as Type).annotation === "function") {
      w.byte(Obj.Type);
      w.unsigned(this.types.index(o as Type));
    } else throw new NotImplemented(`an object of kind ${typeof o} in the code of ${code.name}`);
  }
  #schema(w: ByteWriter, s: FunctionSchema | undefined): void {
    w.byte(s ? 1 : 0);
    if (s) writeSchema(w, s, this.strings, this.types, this.values);
  }

  write(w: ByteWriter): void {
    w.unsigned(this.#rows.length);
    for (const r of this.#rows) w.raw(r.bytes());
  }
  writeOperators(w: ByteWriter): void {
    w.unsigned(this.operators.length);
    for (const o of this.operators) w.unsigned(this.strings.index(o.text));
  }
}

export function writeSchema(
  w: ByteWriter,
  s: FunctionSchema,
  strings: StringTable,
  types: TypeTable,
  values: ValuePool,
): void {
  w.unsigned(strings.index(s.name));
  for (const list of [s.args, s.returns]) {
    w.unsigned(list.length);
    for (const a of list) {
      w.unsigned(strings.index(a.name));
      w.unsigned(types.index(a.type));
      w.byte((a.kwargOnly ? 1 : 0) | (a.defaultValue === undefined ? 0 : 2));
      if (a.defaultValue !== undefined) values.put(w, a.defaultValue);
    }
  }
}

export function readSchema(r: ByteReader, values: ValueReader): FunctionSchema {
  const name = string(r, values);
  const list = () =>
    r.list((): Argument => {
      const argument = string(r, values), type = values.type(r), flags = r.byte();
      const given = { name: argument, type, kwargOnly: (flags & 1) !== 0, isOut: false };
      return flags & 2 ? { ...given, defaultValue: values.get(r) } : given;
    }, 3);
  return new FunctionSchema(name, "", list(), list());
}

function string(r: ByteReader, values: ValueReader): string {
  return values.strings[r.index(values.strings.length, "string")];
}

/** The operators a model calls, found by their schemas; NotImplemented names one that is not there. */
export function readOperators(r: ByteReader, strings: readonly string[]): Operator[] {
  return r.list(() => {
    const text = strings[r.index(strings.length, "string")];
    const open = text.indexOf("(");
    if (open < 0) r.fail("a schema without arguments");
    const op = findOperator(text.slice(0, open));
    if (!op) throw new NotImplemented(`operator ${text.slice(0, open)}`);
    return op;
  });
}

export function readCodes(r: ByteReader, values: ValueReader, operators: readonly Operator[]): Code[] {
  const codes: Code[] = [];
  const count = r.count();
  for (let i = 0; i < count; i++) codes.push(readCode(r, values, operators, codes));
  return codes;
}

function readCode(
  r: ByteReader,
  values: ValueReader,
  operators: readonly Operator[],
  earlier: readonly Code[],
): Code {
  const name = string(r, values);
  const schema = r.byte() ? readSchema(r, values) : undefined;
  const parameterCount = r.unsigned(), constantCount = r.count(), size = r.unsigned();
  r.charge(size * SLOT_BYTES);
  if (size > REGISTER_MASK || parameterCount + constantCount > size) r.fail(`${name} has ${size} registers`);
  const registers = new Array<RegisterValue>(size).fill(undefined);
  for (let i = 0; i < constantCount; i++) registers[parameterCount + i] = readRegister(r, values);
  const objects = r.list((): unknown => {
    switch (r.byte()) {
      case Obj.Null:
        return null;
      case Obj.Operator:
        return operators[r.index(operators.length, "operator")];
      case Obj.Str:
        return string(r, values);
      case Obj.Type:
        return values.type(r);
      case Obj.Types:
        return r.list(() => values.type(r));
      case Obj.Code:
        return earlier[r.index(earlier.length, "function")];
      default:
        return r.fail("an unknown kind of table entry");
    }
  });
  const words = r.words(r.count(4));
  const starts: number[] = [];
  const code = (at: readonly number[]) =>
    new Code(name, words, registers, parameterCount, constantCount, objects, Int32Array.from(at), [], schema);
  try {
    for (let at = 0; at < words.length; at += decode(words, at).length) starts.push(at);
    const whole = code(starts);
    verifyCode(whole);
    return whole;
  } catch (e) {
    return r.fail(`function ${name} is damaged: ${(e as Error).message}`);
  }
}

function readRegister(r: ByteReader, values: ValueReader): IValue | undefined {
  const tag = r.bytes[r.offset];
  if (tag !== Tag.Empty && tag !== Tag.Raw) return values.get(r);
  r.byte();
  return tag === Tag.Raw ? r.float64() : undefined;
}
