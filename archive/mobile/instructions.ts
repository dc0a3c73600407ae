/** The instruction set of PyTorch's mobile runtime: a stack machine with numbered registers. */

/** Whether `bytecode.pkl` may hold an instruction of that name; the others belong to PyTorch's full interpreter. */
export const MOBILE_OPCODES: ReadonlyMap<string, boolean> = new Map([
  ...[
    "OP",
    "OPN",
    "LOAD",
    "MOVE",
    "STOREN",
    "STORE",
    "DROP",
    "DROPR",
    "LOADC",
    "JF",
    "JMP",
    "LOOP",
    "RET",
    "INTERFACE_CALL",
    "GET_ATTR",
    "SET_ATTR",
    "LIST_UNPACK",
    "TUPLE_CONSTRUCT",
    "NAMED_TUPLE_CONSTRUCT",
    "LIST_CONSTRUCT",
    "DICT_CONSTRUCT",
    "CREATE_OBJECT",
    "ISINSTANCE",
    "TUPLE_SLICE",
    "TUPLE_INDEX",
    "RAISE_EXCEPTION",
    "DICT_INDEX",
    "UNCHECKED_CAST",
    "__IS__",
    "UN_INITIALIZED",
    "__ISNOT__",
    "FORMAT",
    "DEVICE",
    "DTYPE",
    "DIM",
    "__NOT__",
    "TO_LIST",
    "NUM_TO_TENSOR",
    "IS_CUDA",
    "WARN",
  ].map((name) => [name, true] as const),
  ...[
    "WAIT",
    "CALL",
    "GUARD",
    "TYPECHECK",
    "FAIL_GUARD",
    "PROFILE_OP",
    "TAIL_CALL",
    "FORK",
    "ENTER",
    "EXIT",
    "AWAITABLE",
  ].map((name) => [name, false] as const),
]);

/** Operators that bytecode of version 8 spells as an instruction of their own, by schema key. */
export const PROMOTED: Readonly<Record<string, string>> = {
  "aten::__is__": "__IS__",
  "aten::__isnot__": "__ISNOT__",
  "aten::__not__": "__NOT__",
  "aten::dim": "DIM",
  "prim::device": "DEVICE",
  "prim::dtype": "DTYPE",
  "prim::is_cuda": "IS_CUDA",
  "prim::TupleIndex": "TUPLE_INDEX",
  "prim::RaiseException": "RAISE_EXCEPTION",
  "prim::Uninitialized": "UN_INITIALIZED",
  "prim::NumToTensor.Scalar": "NUM_TO_TENSOR",
  "aten::__getitem__.Dict_str": "DICT_INDEX",
};

/** One instruction. Jumps count from the instruction itself. */
export interface MobileInstruction {
  readonly op: string;
  x: number;
  readonly n: number;
}

/** A row of a function's operator table; `specified` arguments are on the stack, -1 when all are. */
export interface MobileOperator {
  readonly name: string;
  readonly overload: string;
  readonly specified: number;
}

/** Most negative and largest values of X, and the largest N, that the container holds. */
export const MAX_X = 0x7fffffff;
export const MAX_N = 0xffff;
/** What a while loop's trip count is. */
export const NO_TRIP_LIMIT = 9223372036854775807n;
