/**
 * The opcode table. An instruction begins with a word `A << 8 | opcode`; A is a 24-bit operand of its own kind.
 * Fields follow, packed two to a word as unsigned 16 bits, except jump offsets, which are whole signed words. A
 * field that names a register has two flags: LAST (the value dies here; the register is cleared) and BOX (a raw
 * float is boxed on the way in, a boxed one unboxed on the way out).
 *
 * In the formulas R is the frame's registers (constants stand in the first ones), F the float forms, J a jump.
 */

/** Bits of a register field. */
export const REGISTER_MASK = 0x3fff;
export const BOX = 0x4000;
export const LAST = 0x8000;

/** What a field means: registers read or written, indices into the code's tables, counts, jumps. */
export type Field =
  | "dst" // register written
  | "src" // register read
  | "obj" // index into code.objects
  | "imm" // small unsigned number
  | "jump" // signed word: relative to the start of the instruction
  | "srcs" // a count, then that many registers read
  | "dsts"; // a count, then that many registers written

export interface OpcodeRow {
  readonly name: string;
  /** Kind of A and of the fields after it. */
  readonly fields: readonly Field[];
  /** Operators that lower to this opcode: schema keys. */
  readonly operators?: readonly string[];
  /** One line of meaning. */
  readonly doc: string;
}

function row(name: string, fields: string, doc: string, ...operators: string[]): OpcodeRow {
  return { name, fields: fields.split(" ").filter(Boolean) as Field[], doc, operators };
}

/** Order gives the numbers; append, never reorder: `.wick` files store them. */
export const OPCODES = [
  row("RET", "src", "return A"),
  row("MOVE", "dst src", "R[A] = R[B]"),
  row("JMP", "imm jump", "pc += J"),
  row("JF", "src jump", "if not R[A]: pc += J"),
  row("JT", "src jump", "if R[A]: pc += J"),
  row("FORPREP", "dst src jump", "R[A] = 0; if R[B] <= 0: pc += J"),
  row("FORLOOP", "dst src jump", "R[A] += 1; if R[A] < R[B]: pc += J"),
  row("FORLOOPC", "dst src src jump", "R[A] += 1; if R[A] < R[B] and R[C]: pc += J"),
  row("OP", "dst obj srcs", "R[A] = operator(args)"),
  row("OPN", "imm obj srcs dsts", "R[dsts] = operator(args), which returns several values or none"),
  row("CALLI", "dst obj srcs", "R[A] = args[0].method(args[1:]), looked up in the object's class"),
  row("HOST", "dst obj srcs", "R[A] = Python function of the host(args)"),
  row("FORK", "dst obj srcs", "R[A] = future of function(args), started now"),
  row("WAIT", "dst src", "R[A] = result of future R[B]; suspends until it is there", "aten::wait"),
  row("GETATTR", "dst src imm", "R[A] = R[B].slots[C]"),
  row("SETATTR", "src src imm", "R[A].slots[C] = R[B]"),
  row("TUPLE", "dst obj srcs", "R[A] = (args); obj is the NamedTuple's type or null"),
  row("LIST", "dst obj srcs", "R[A] = [args] of element type obj"),
  row("DICT", "dst obj srcs", "R[A] = {k: v, ...} of type obj"),
  row("UNPACK", "src dsts", "R[dsts] = items of tuple R[A]"),
  row("UNPACKL", "src dsts", "R[dsts] = items of list R[A], which must be as many"),
  row("TGET", "dst src imm", "R[A] = tuple R[B][C]"),
  row("TINDEX", "dst src src", "R[A] = tuple R[B][R[C]], negative from the end"),
  row("TSLICE", "dst src imm imm", "R[A] = tuple R[B][C:D]"),
  row("OBJECT", "dst obj", "R[A] = new object of class obj"),
  row("ISINST", "dst src obj", "R[A] = isinstance(R[B], types obj)"),
  row("RAISE", "src src", "raise exception with message R[A], class name R[B] or None"),
  row("FORMAT", "dst srcs", "R[A] = args[0].format(args[1:])", "aten::format"),
  row("PRINT", "imm srcs", "print(args)", "prim::Print"),
  row("ENTER", "dst src", "R[A] = R[B].__enter__()"),
  row("EXIT", "dst src", "R[A] = R[B].__exit__(None, None, None)"),
  row("UNINIT", "dst", "R[A] = nothing yet", "prim::Uninitialized"),
  row("UNWRAP", "dst src", "R[A] = R[B], which must not be None", "aten::_unwrap_optional"),
  row("DROP", "imm srcs", "clear the registers"),
  // Scalars. Ints wrap at 64 bits.
  row("ADD_I", "dst src src", "R[A] = R[B] + R[C]", "aten::add.int"),
  row("SUB_I", "dst src src", "R[A] = R[B] - R[C]", "aten::sub.int"),
  row("MUL_I", "dst src src", "R[A] = R[B] * R[C]", "aten::mul.int"),
  row("FDIV_I", "dst src src", "R[A] = R[B] // R[C]", "aten::floordiv.int"),
  row("MOD_I", "dst src src", "R[A] = R[B] % R[C]", "aten::remainder.int"),
  row("NEG_I", "dst src", "R[A] = -R[B]", "aten::neg.int"),
  row("LT_I", "dst src src", "R[A] = R[B] < R[C]", "aten::lt.int"),
  row("LE_I", "dst src src", "R[A] = R[B] <= R[C]", "aten::le.int"),
  row("GT_I", "dst src src", "R[A] = R[B] > R[C]", "aten::gt.int"),
  row("GE_I", "dst src src", "R[A] = R[B] >= R[C]", "aten::ge.int"),
  row("EQ_I", "dst src src", "R[A] = R[B] == R[C]", "aten::eq.int"),
  row("NE_I", "dst src src", "R[A] = R[B] != R[C]", "aten::ne.int"),
  row("ADD_F", "dst src src", "F[A] = F[B] + F[C]", "aten::add.float"),
  row("SUB_F", "dst src src", "F[A] = F[B] - F[C]", "aten::sub.float"),
  row("MUL_F", "dst src src", "F[A] = F[B] * F[C]", "aten::mul.float"),
  row("DIV_F", "dst src src", "F[A] = F[B] / F[C]", "aten::div.float"),
  row("NEG_F", "dst src", "F[A] = -F[B]", "aten::neg.float"),
  row("LT_F", "dst src src", "R[A] = F[B] < F[C]", "aten::lt.float"),
  row("LE_F", "dst src src", "R[A] = F[B] <= F[C]", "aten::le.float"),
  row("GT_F", "dst src src", "R[A] = F[B] > F[C]", "aten::gt.float"),
  row("GE_F", "dst src src", "R[A] = F[B] >= F[C]", "aten::ge.float"),
  row("EQ_F", "dst src src", "R[A] = F[B] == F[C]", "aten::eq.float"),
  row("NE_F", "dst src src", "R[A] = F[B] != F[C]", "aten::ne.float"),
  row("I2F", "dst src", "F[A] = float(R[B])", "aten::Float.int", "aten::Float.Scalar"),
  row("NOT", "dst src", "R[A] = not R[B]", "aten::__not__"),
  row("AND", "dst src src", "R[A] = R[B] and R[C]", "aten::__and__.bool"),
  row("OR", "dst src src", "R[A] = R[B] or R[C]", "aten::__or__.bool"),
  row("IS", "dst src src", "R[A] = R[B] is R[C]", "aten::__is__"),
  row("ISNOT", "dst src src", "R[A] = R[B] is not R[C]", "aten::__isnot__"),
  row("LEN", "dst src", "R[A] = len(list R[B])", "aten::len.t"),
  row("LGET", "dst src src", "R[A] = list R[B][R[C]]", "aten::__getitem__.t"),
  row("LPUSH", "src src", "R[A].append(R[B])", "aten::append.t"),
  row("TOLIST", "dst src obj", "R[A] = elements of tensor R[B], as nested lists of type obj"),
  row("ENUMNAME", "dst src", "R[A] = name of enum member R[B]"),
  row("ENUMVALUE", "dst src", "R[A] = value of enum member R[B]"),
  row("MODINDEX", "dst src src", "R[A] = submodule of R[B] by key or position R[C]"),
] as const satisfies readonly OpcodeRow[];

export type OpName = typeof OPCODES[number]["name"];

/** Opcode numbers by name. */
export const Op: Readonly<Record<string, number>> = Object.fromEntries(OPCODES.map((r, i) => [r.name, i]));

let byOperator: Map<string, number> | undefined;

/** The opcode that stands for an operator by schema key; undefined when it is called through OP. */
export function opcodeForOperator(key: string): number | undefined {
  if (!byOperator) {
    byOperator = new Map();
    OPCODES.forEach((r, i) => r.operators?.forEach((k) => byOperator!.set(k, i)));
  }
  return byOperator.get(key);
}
