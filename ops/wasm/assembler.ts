/**
 * A WebAssembly assembler: modules of generated kernels as bytes. It appends to one growing Uint8Array, because a
 * JS array of bytes costs many times what compiling the module does. Nothing is validated here; the engine does.
 */
import { SCALAR, SIMD } from "./opcodes.ts";

export type WasmType = "i32" | "i64" | "f32" | "f64" | "v128";

const TYPE_CODE: Record<WasmType, number> = { i32: 0x7f, i64: 0x7e, f32: 0x7d, f64: 0x7c, v128: 0x7b };

/** Growing bytes with WebAssembly's number encodings. */
export class Bytes {
  #data = new Uint8Array(1024);
  length = 0;
  #view = new DataView(this.#data.buffer);

  #room(n: number): void {
    if (this.length + n <= this.#data.length) return;
    const next = new Uint8Array(Math.max(this.#data.length * 2, this.length + n));
    next.set(this.#data);
    this.#data = next;
    this.#view = new DataView(next.buffer);
  }
  byte(b: number): void {
    this.#room(1);
    this.#data[this.length++] = b;
  }
  /** Unsigned LEB128. */
  u32(n: number): void {
    this.#room(5);
    n >>>= 0;
    while (n > 127) {
      this.#data[this.length++] = n & 127 | 128;
      n >>>= 7;
    }
    this.#data[this.length++] = n;
  }
  /** Signed LEB128. */
  s32(n: number): void {
    this.#room(5);
    n |= 0;
    for (;;) {
      const b = n & 127;
      n >>= 7;
      if ((n === 0 && !(b & 64)) || (n === -1 && (b & 64))) {
        this.#data[this.length++] = b;
        return;
      }
      this.#data[this.length++] = b | 128;
    }
  }
  s64(n: bigint): void {
    this.#room(10);
    for (;;) {
      const b = Number(n & 127n);
      n >>= 7n;
      if ((n === 0n && !(b & 64)) || (n === -1n && (b & 64))) {
        this.#data[this.length++] = b;
        return;
      }
      this.#data[this.length++] = b | 128;
    }
  }
  f32(x: number): void {
    this.#room(4);
    this.#view.setFloat32(this.length, x, true);
    this.length += 4;
  }
  f64(x: number): void {
    this.#room(8);
    this.#view.setFloat64(this.length, x, true);
    this.length += 8;
  }
  i64(x: bigint): void {
    this.#room(8);
    this.#view.setBigInt64(this.length, x, true);
    this.length += 8;
  }
  name(s: string): void {
    const b = new TextEncoder().encode(s);
    this.u32(b.length);
    this.append(b);
  }
  append(b: Uint8Array): void {
    this.#room(b.length);
    this.#data.set(b, this.length);
    this.length += b.length;
  }
  done(): Uint8Array<ArrayBuffer> {
    return this.#data.subarray(0, this.length) as Uint8Array<ArrayBuffer>;
  }
}

/** One function body. Locals are numbers: parameters first, then those made with `local`. */
export class FunctionBuilder {
  code = new Bytes();
  readonly locals: WasmType[] = [];

  constructor(readonly params: readonly WasmType[], readonly results: readonly WasmType[]) {}

  /** Continues in fresh bytes, which it gives; the caller puts `code` back and appends them where they belong. */
  swapCode(): Bytes {
    return this.code = new Bytes();
  }
  local(type: WasmType): number {
    this.locals.push(type);
    return this.params.length + this.locals.length - 1;
  }
  get(local: number): void {
    this.code.byte(0x20);
    this.code.u32(local);
  }
  set(local: number): void {
    this.code.byte(0x21);
    this.code.u32(local);
  }
  tee(local: number): void {
    this.code.byte(0x22);
    this.code.u32(local);
  }
  /** A scalar instruction by its name in the specification. */
  op(name: keyof typeof SCALAR): void {
    this.code.byte(SCALAR[name]);
  }
  /** i32.trunc_sat_f32_s and its seven siblings, in the specification's order. */
  truncSat(index: number): void {
    this.code.byte(0xfc);
    this.code.u32(index);
  }
  /** A SIMD instruction without immediates, by name or number. */
  simd(name: keyof typeof SIMD | number): void {
    this.code.byte(0xfd);
    this.code.u32(typeof name === "number" ? name : SIMD[name]);
  }
  i32(n: number): void {
    this.code.byte(0x41);
    this.code.s32(n);
  }
  i64(n: bigint): void {
    this.code.byte(0x42);
    this.code.s64(n);
  }
  f32(x: number): void {
    this.code.byte(0x43);
    this.code.f32(x);
  }
  f64(x: number): void {
    this.code.byte(0x44);
    this.code.f64(x);
  }
  /** v128.const of two 64-bit halves. */
  v128(low: bigint, high: bigint): void {
    this.simd("v128.const");
    this.code.i64(low);
    this.code.i64(high);
  }
  /** Scalar load or store; the address (and value) stand on the stack. Alignment is only a hint: 1. */
  memory(name: keyof typeof SCALAR, offset = 0): void {
    this.code.byte(SCALAR[name]);
    this.code.byte(0);
    this.code.u32(offset);
  }
  simdMemory(name: keyof typeof SIMD, offset = 0): void {
    this.simd(name);
    this.code.byte(0);
    this.code.u32(offset);
  }
  /** v128.load32_lane, v128.store32_lane and their kin. */
  simdMemoryLane(name: keyof typeof SIMD, lane: number, offset = 0): void {
    this.simdMemory(name, offset);
    this.code.byte(lane);
  }
  /** extract_lane and replace_lane. */
  lane(name: keyof typeof SIMD, lane: number): void {
    this.simd(name);
    this.code.byte(lane);
  }
  /** Bytes of the one vector on the stack in another order; `spare` is a v128 local to use meanwhile. */
  permute(bytes: readonly number[], spare: number): void {
    this.tee(spare);
    this.get(spare);
    this.shuffle(bytes);
  }
  /** Bytes 0-15 of the first vector and 16-31 of the second. */
  shuffle(bytes: readonly number[]): void {
    this.simd("i8x16.shuffle");
    for (const b of bytes) this.code.byte(b);
  }
  block(): void {
    this.code.byte(0x02);
    this.code.byte(0x40);
  }
  loop(): void {
    this.code.byte(0x03);
    this.code.byte(0x40);
  }
  if(): void {
    this.code.byte(0x04);
    this.code.byte(0x40);
  }
  else(): void {
    this.code.byte(0x05);
  }
  end(): void {
    this.code.byte(0x0b);
  }
  br(depth: number): void {
    this.code.byte(0x0c);
    this.code.u32(depth);
  }
  brIf(depth: number): void {
    this.code.byte(0x0d);
    this.code.u32(depth);
  }
  call(functionIndex: number): void {
    this.code.byte(0x10);
    this.code.u32(functionIndex);
  }
  /** `local += n`. */
  increment(local: number, n: number): void {
    this.get(local);
    this.i32(n);
    this.op("i32.add");
    this.set(local);
  }
  /** `local += other`. */
  advance(local: number, other: number): void {
    this.get(local);
    this.get(other);
    this.op("i32.add");
    this.set(local);
  }
  /** Runs `body` while the counter is at least `step`, taking `step` off each round. */
  countdown(counter: number, step: number, body: () => void): void {
    this.block();
    this.get(counter);
    this.i32(step);
    this.op("i32.lt_s");
    this.brIf(0);
    this.loop();
    body();
    this.increment(counter, -step);
    this.get(counter);
    this.i32(step);
    this.op("i32.ge_s");
    this.brIf(0);
    this.end();
    this.end();
  }

  /** @internal the code section's entry */
  encode(): Uint8Array {
    const head = new Bytes();
    const runs: [WasmType, number][] = [];
    for (const t of this.locals) {
      const last = runs[runs.length - 1];
      if (last && last[0] === t) last[1]++;
      else runs.push([t, 1]);
    }
    head.u32(runs.length);
    for (const [t, n] of runs) {
      head.u32(n);
      head.byte(TYPE_CODE[t]);
    }
    head.append(this.code.done());
    head.byte(0x0b);
    return head.done();
  }
}

interface Import {
  name: string;
  type: number;
}

/** A module: imported functions, the imported memory, functions and what it exports. */
export class ModuleBuilder {
  #types: string[] = [];
  #typeBytes: Bytes[] = [];
  #imports: Import[] = [];
  #functions: { type: number; builder: FunctionBuilder; name: string | undefined }[] = [];

  #type(params: readonly WasmType[], results: readonly WasmType[]): number {
    const key = `${params}>${results}`;
    const known = this.#types.indexOf(key);
    if (known >= 0) return known;
    const b = new Bytes();
    b.byte(0x60);
    b.u32(params.length);
    for (const t of params) b.byte(TYPE_CODE[t]);
    b.u32(results.length);
    for (const t of results) b.byte(TYPE_CODE[t]);
    this.#typeBytes.push(b);
    return this.#types.push(key) - 1;
  }

  /** Put before the names of exports added from now on. */
  exportPrefix = "";

  /** Takes over the imports of another module, in their order; those known already are not added again. */
  importLike(other: ModuleBuilder): void {
    for (const i of other.#imports) {
      if (this.importNames.includes(i.name)) continue;
      const [params, results] = other.#types[i.type].split(">").map((t) => t.split(",").filter(Boolean));
      this.importFunction(i.name, params as WasmType[], results as WasmType[]);
    }
  }

  /** A function `env.name` from outside; all imports come before the first `func`. Gives its index. */
  importFunction(name: string, params: readonly WasmType[], results: readonly WasmType[]): number {
    return this.#imports.push({ name, type: this.#type(params, results) }) - 1;
  }
  get importNames(): string[] {
    return this.#imports.map((i) => i.name);
  }

  /** Adds a function, exported when named; gives its index for `call`. */
  func(builder: FunctionBuilder, exportName?: string): number {
    const type = this.#type(builder.params, builder.results);
    return this.#imports.length + this.#functions.push({
      type,
      builder,
      name: exportName === undefined ? undefined : this.exportPrefix + exportName,
    }) - 1;
  }

  /** The module's bytes. A memory import must agree with the memory given at instantiation on being shared. */
  build(memory: { shared: boolean }): Uint8Array<ArrayBuffer> {
    const out = new Bytes();
    for (const b of [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0]) out.byte(b);
    const section = (id: number, fill: (s: Bytes) => void) => {
      const s = new Bytes();
      fill(s);
      out.byte(id);
      out.u32(s.length);
      out.append(s.done());
    };
    section(1, (s) => {
      s.u32(this.#typeBytes.length);
      for (const t of this.#typeBytes) s.append(t.done());
    });
    section(2, (s) => {
      s.u32(this.#imports.length + 1);
      for (const i of this.#imports) {
        s.name("env");
        s.name(i.name);
        s.byte(0);
        s.u32(i.type);
      }
      s.name("env");
      s.name("memory");
      s.byte(2);
      s.byte(memory.shared ? 3 : 1);
      s.u32(1);
      s.u32(65536);
    });
    section(3, (s) => {
      s.u32(this.#functions.length);
      for (const f of this.#functions) s.u32(f.type);
    });
    section(7, (s) => {
      const named = this.#functions.map((f, i) => [f.name, i] as const).filter(([n]) => n !== undefined);
      s.u32(named.length);
      for (const [name, i] of named) {
        s.name(name!);
        s.byte(0);
        s.u32(this.#imports.length + i);
      }
    });
    section(10, (s) => {
      s.u32(this.#functions.length);
      for (const f of this.#functions) {
        const body = f.builder.encode();
        s.u32(body.length);
        s.append(body);
      }
    });
    return out.done();
  }
}
