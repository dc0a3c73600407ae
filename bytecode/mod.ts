/**
 * The register bytecode: `opcodes.ts` is the one table from which encoder, disassembler, verifier and the
 * documentation derive; `code.ts` holds a function's code; `assembler.ts` writes it; `verifier.ts` checks it
 * before it runs; `disassembler.ts` prints it.
 */
export { type CallSite, Code, type Place } from "./code.ts";
export { Op, opcodeForOperator, OPCODES } from "./opcodes.ts";
export { Assembler } from "./assembler.ts";
export { disassemble } from "./disassembler.ts";
export { verifyCode } from "./verifier.ts";
