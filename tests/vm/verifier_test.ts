import assert from "node:assert/strict";
import { Assembler, Code, verifyCode } from "../../bytecode/mod.ts";
import { compiled } from "./compiled.ts";

const PLACE = { range: undefined, inlined: undefined };

function assembled(write: (a: Assembler) => void, registers = 4): Code {
  const a = new Assembler();
  write(a);
  return a.finish("test", new Array(registers).fill(undefined), 1, 1, undefined);
}

const FAULTS: [name: string, write: (a: Assembler) => void, message: RegExp][] = [
  ["a register beyond the frame", (a) => a.emit("RET", PLACE, 9), /register 9 is beyond the frame/],
  ["a constant that is written", (a) => a.emit("MOVE", PLACE, 1, 0), /constant k0 is written/],
  ["a register read before it is written", (a) => a.emit("RET", PLACE, 2), /r2 may be read before/],
  ["code that runs off its end", (a) => a.emit("MOVE", PLACE, 2, 0), /control runs off the end/],
  ["an object beyond the table", (a) => a.emit("OBJECT", PLACE, 2, 3), /object 3 is beyond the table/],
];

for (const [name, write, message] of FAULTS) {
  Deno.test(`the verifier refuses ${name}`, () => assert.throws(() => verifyCode(assembled(write)), message));
}

Deno.test("the verifier refuses a jump into an instruction", () => {
  const code = compiled("def f(n: int) -> int:\n    if n > 0:\n        n = n + 1\n    return n * 2\n");
  const words = code.words.slice();
  const at = words.findIndex((w) => (w & 0xff) === 3);
  words[at + 1] -= 1;
  const broken = new Code(
    code.name,
    words,
    code.registers,
    code.parameterCount,
    code.constantCount,
    code.objects,
    code.starts,
    code.places,
    undefined,
  );
  assert.throws(() => verifyCode(broken), /where no instruction begins/);
});

Deno.test("the verifier refuses an unknown opcode", () => {
  const code = compiled("def f(n: int) -> int:\n    return n\n");
  const broken = new Code(
    code.name,
    Int32Array.of(255),
    code.registers,
    1,
    0,
    [],
    Int32Array.of(0),
    [PLACE],
    undefined,
  );
  assert.throws(() => verifyCode(broken), /unknown opcode 255/);
});
