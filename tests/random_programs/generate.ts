/**
 * Random well-typed programs: a helper and a function `f` over scalars, strings, lists, dicts, tuples and optionals, with
 * nested loops, break, continue and early returns. The text is Python and TorchScript at once and means the same in
 * both: ints stay far below 64 bits, divisors are never zero, floats never infinite. A seed gives one program, always.
 */

import { type Program, randomSource } from "./program.ts";

type Type =
  | "int"
  | "float"
  | "bool"
  | "str"
  | "List[int]"
  | "List[float]"
  | "List[str]"
  | "Dict[str, int]"
  | "Dict[int, float]"
  | "Tuple[int, float]"
  | "Optional[int]";

const TYPES: readonly Type[] = [
  "int",
  "float",
  "bool",
  "str",
  "List[int]",
  "List[float]",
  "List[str]",
  "Dict[str, int]",
  "Dict[int, float]",
  "Tuple[int, float]",
  "Optional[int]",
];

interface Variable {
  readonly name: string;
  readonly type: Type;
  /** A loop's own variable or a container that is being iterated: reading only. */
  readonly fixed?: boolean;
}

export function generateProgram(seed: number): Program {
  return new Generator(seed).program();
}

class Generator {
  readonly #random: () => number;
  #lines: string[] = [];
  #indent = 1;
  #names = 0;
  #vars: Variable[] = [];
  #loops = 0;
  #result: readonly Variable[] = [];
  #budget = 0;
  #helper: { args: Type[]; result: Type } | undefined;

  constructor(seed: number) {
    this.#random = randomSource(seed * 2654435761 + 12345);
  }

  program(): Program {
    const helper = this.#function("helper", 2, [this.#pick(["int", "float", "str", "bool"] as const)], 5);
    this.#helper = { args: helper.params.map((p) => p.type), result: helper.results[0] };
    const results = Array.from({ length: 2 + this.#int(3) }, () => this.#type());
    const main = this.#function("f", 2 + this.#int(3), results, 14);
    const calls = Array.from({ length: 3 }, () => main.params.map((p) => this.#literal(p.type)).join(", "));
    return { definitions: `${helper.text}\n\n${main.text}\n`, calls };
  }

  #function(name: string, count: number, results: readonly Type[], budget: number) {
    this.#lines = [];
    this.#vars = [];
    this.#budget = budget;
    const params = Array.from({ length: count }, () => this.#declare(this.#type()));
    const returns = results.length === 1 ? results[0] : `Tuple[${results.join(", ")}]`;
    // What is returned is assigned first, so that every return has something of each type.
    const made: Variable[] = [];
    for (const t of results) {
      const value = this.#expression(t, 1);
      const v = this.#declare(t);
      this.#line(t.startsWith("Optional") ? `${v.name}: ${t} = ${value}` : `${v.name} = ${value}`);
      made.push(v);
    }
    this.#result = made;
    this.#block(0, 3 + this.#int(4));
    this.#return();
    const header = `def ${name}(${params.map((p) => `${p.name}: ${p.type}`).join(", ")}) -> ${returns}:`;
    return { text: [header, ...this.#lines].join("\n"), params, results };
  }

  // --- Statements ---

  #block(depth: number, count: number): void {
    const mark = this.#vars.length;
    for (let i = 0; i < count; i++) this.#statement(depth);
    if (depth > 0) this.#vars.length = mark;
  }

  #statement(depth: number): void {
    if (this.#budget-- <= 0) return this.#assign();
    const kinds = ["assign", "assign", "new", "augment", "mutate", "mutate"];
    if (depth < 3) kinds.push("if", "if", "for", "while");
    if (this.#loops > 0) kinds.push("leave");
    if (depth > 0) kinds.push("maybe return");
    if (this.#vars.some((v) => v.type === "Optional[int]")) kinds.push("unwrap");
    switch (this.#pick(kinds)) {
      case "assign":
        return this.#assign();
      case "new": {
        const t = this.#type(), value = this.#expression(t, 2);
        const v = this.#declare(t);
        return this.#line(`${v.name}: ${t} = ${value}`);
      }
      case "augment":
        return this.#augment();
      case "mutate":
        return this.#mutate();
      case "if":
        return this.#if(depth);
      case "for":
        return this.#for(depth);
      case "while":
        return this.#while(depth);
      case "leave":
        this.#line(`if ${this.#expression("bool", 2)}:`);
        return this.#line(`    ${this.#pick(["break", "continue"])}`);
      case "maybe return":
        this.#line(`if ${this.#expression("bool", 2)}:`);
        return this.#nested(() => this.#return());
      case "unwrap": {
        const o = this.#pick(this.#vars.filter((v) => v.type === "Optional[int]"));
        this.#line(`if ${o.name} is not None:`);
        // Inside it is an int, which None may not be assigned to.
        return this.#nested(() => {
          const kept = this.#vars;
          this.#vars = kept.filter((v) => v !== o);
          const n = this.#declare("int");
          this.#line(`${n.name} = ${o.name} % ${2 + this.#int(90)}`);
          this.#block(depth + 1, 1 + this.#int(2));
          this.#vars = kept;
        });
      }
    }
  }

  #assign(): void {
    const targets = this.#vars.filter((v) => !v.fixed);
    if (targets.length === 0) return this.#line("pass");
    if (this.#chance(0.15)) {
      const a = this.#pick(targets), b = this.#pick(targets.filter((v) => v !== a).concat(a));
      if (a !== b) {
        return this.#line(`${a.name}, ${b.name} = ${this.#assignable(a.type)}, ${this.#assignable(b.type)}`);
      }
    }
    const v = this.#pick(targets);
    this.#line(`${v.name} = ${this.#assignable(v.type)}`);
  }

  /** An expression kept within bounds, as what is carried around loops must be. */
  #assignable(t: Type): string {
    const depth = 2 + this.#int(2);
    if (t === "int" && this.#chance(0.7)) {
      const e = this.#once(() => this.#expression(t, depth));
      return `(${e}) % ${this.#pick(["97", "1009", "10007"])}`;
    }
    const e = this.#expression(t, depth);
    if (t === "int") return `min(max(${e}, -1000), 1000)`;
    if (t === "float") return `min(max(${e}, -1000.0), 1000.0)`;
    if (t === "str") return `(${e})[:${4 + this.#int(8)}]`;
    if (t === "List[int]" || t === "List[float]" || t === "List[str]") return `(${e})[:${3 + this.#int(5)}]`;
    return e;
  }

  #augment(): void {
    const v = this.#find(["int", "float", "str", "List[int]"], true);
    if (!v) return this.#assign();
    switch (v.type) {
      case "int":
        this.#line(`${v.name} ${this.#pick(["+=", "-="])} ${this.#expression("int", 2)}`);
        return this.#line(`${v.name} = ${v.name} % 10007`);
      case "float":
        this.#line(`${v.name} ${this.#pick(["+=", "-="])} ${this.#expression("float", 2)}`);
        return this.#line(`${v.name} = min(max(${v.name}, -1000.0), 1000.0)`);
      case "str":
        this.#line(`${v.name} += ${this.#expression("str", 1)}`);
        return this.#line(`${v.name} = ${v.name}[-8:]`);
    }
    this.#line(`${v.name} += [${this.#expression("int", 1)}, ${this.#expression("int", 1)}]`);
    this.#line(`${v.name} = ${v.name}[-6:]`);
  }

  /**
   * TorchScript computes what is assigned to an item twice, and what stands left of a `%`: nothing with side effects may
   * stand there, so no call.
   */
  #once<R>(make: () => R): R {
    const helper = this.#helper;
    this.#helper = undefined;
    try {
      return make();
    } finally {
      this.#helper = helper;
    }
  }

  #mutate(): void {
    this.#once(() => this.#change());
  }

  #change(): void {
    const v = this.#find(
      ["List[int]", "List[float]", "List[str]", "Dict[str, int]", "Dict[int, float]"],
      true,
    );
    if (!v) return this.#assign();
    const n = v.name;
    if (v.type.startsWith("Dict")) {
      const key: Type = v.type === "Dict[str, int]" ? "str" : "int";
      const value: Type = key === "str" ? "int" : "float";
      const k = this.#key(key);
      if (this.#chance(0.3)) {
        this.#line(`if ${k} in ${n}:`);
        return this.#line(
          `    ${this.#pick([`${n}.pop(${k})`, `del ${n}[${k}]`, `${n}[${k}] = ${this.#small(value)}`])}`,
        );
      }
      return this.#line(`${n}[${k}] = ${this.#assignable(value)}`);
    }
    const item = v.type.slice(5, -1) as Type;
    const value = this.#assignable(item);
    const change = this.#pick([
      `${n}.append(${value})`,
      `${n}.insert(${this.#int(3)}, ${value})`,
      `${n}.extend([${value}])`,
      `${n}.reverse()`,
      ...(item === "str" ? [] : [`${n}.sort()`]),
    ]);
    const guarded = this.#pick([
      `${n}.pop()`,
      `${n}[0] = ${value}`,
      `${n}[-1] = ${value}`,
      `${n}.pop(0)`,
      `${n}[${this.#expression("int", 1)} % len(${n})] = ${value}`,
    ]);
    if (this.#chance(0.5)) {
      this.#line(change);
      return this.#line(`${n} = ${n}[:8]`);
    }
    this.#line(`if len(${n}) > 0:`);
    this.#line(`    ${guarded}`);
  }

  #if(depth: number): void {
    this.#line(`if ${this.#expression("bool", 2)}:`);
    this.#nested(() => this.#block(depth + 1, 1 + this.#int(3)));
    if (this.#chance(0.3)) {
      this.#line(`elif ${this.#expression("bool", 2)}:`);
      this.#nested(() => this.#block(depth + 1, 1 + this.#int(2)));
    }
    if (this.#chance(0.5)) {
      this.#line("else:");
      this.#nested(() => this.#block(depth + 1, 1 + this.#int(3)));
    }
  }

  #for(depth: number): void {
    const forms = ["range", "range", "range2", "step"];
    const list = this.#find(["List[int]", "List[float]", "List[str]"]);
    if (list) forms.push("list", "enumerate", "zip");
    const text = this.#find(["str"]);
    if (text) forms.push("str");
    const dict = this.#find(["Dict[str, int]", "Dict[int, float]"]);
    if (dict) forms.push("keys", "items");
    const mark = this.#vars.length;
    const body = (header: string, variables: [string, Type][]) => {
      this.#line(header);
      this.#vars.push(...variables.map(([name, type]) => ({ name, type, fixed: true })));
      this.#loops++;
      this.#nested(() => this.#block(depth + 1, 1 + this.#int(3)));
      this.#loops--;
      this.#vars.length = mark;
    };
    const i = this.#name(), j = this.#name();
    const small = () => `(${this.#once(() => this.#expression("int", 1))}) % ${2 + this.#int(4)}`;
    // A copy is iterated: the body may change the container.
    const item = list ? list.type.slice(5, -1) as Type : "int";
    switch (this.#pick(forms)) {
      case "range":
        return body(`for ${i} in range(${small()}):`, [[i, "int"]]);
      case "range2":
        return body(`for ${i} in range(${this.#int(4) - 2}, ${small()}):`, [[i, "int"]]);
      case "step":
        return body(`for ${i} in range(${small()}, ${this.#int(3) - 2}, -${1 + this.#int(2)}):`, [[
          i,
          "int",
        ]]);
      case "list":
        return body(`for ${i} in ${list!.name}[:5]:`, [[i, item]]);
      case "enumerate":
        return body(`for ${i}, ${j} in enumerate(${list!.name}[:5]):`, [[i, "int"], [j, item]]);
      case "zip":
        return body(`for ${i}, ${j} in zip(${list!.name}[:5], range(4)):`, [[i, item], [j, "int"]]);
      case "str":
        return body(`for ${i} in ${text!.name}[:6]:`, [[i, "str"]]);
      case "keys": {
        const key: Type = dict!.type === "Dict[str, int]" ? "str" : "int";
        return body(`for ${i} in list(${dict!.name}.keys()):`, [[i, key]]);
      }
      case "items": {
        const [k, v]: [Type, Type] = dict!.type === "Dict[str, int]" ? ["str", "int"] : ["int", "float"];
        return body(`for ${i}, ${j} in list(${dict!.name}.items()):`, [[i, k], [j, v]]);
      }
    }
  }

  #while(depth: number): void {
    const n = this.#name();
    this.#line(`${n} = ${2 + this.#int(5)}`);
    this.#line(`while ${n} > 0${this.#chance(0.4) ? ` and ${this.#expression("bool", 2)}` : ""}:`);
    const mark = this.#vars.length;
    this.#vars.push({ name: n, type: "int", fixed: true });
    this.#loops++;
    this.#nested(() => {
      this.#line(`${n} -= 1`);
      this.#block(depth + 1, 1 + this.#int(3));
    });
    this.#loops--;
    this.#vars.length = mark;
  }

  #return(): void {
    const values = this.#result.map((v) => this.#chance(0.7) ? v.name : this.#expression(v.type, 1));
    this.#line(`return ${values.length === 1 ? values[0] : `(${values.join(", ")})`}`);
  }

  // --- Expressions ---

  #expression(t: Type, depth: number): string {
    if (depth <= 0) return this.#leaf(t);
    const e = (x: Type) => this.#expression(x, depth - 1);
    const once = (x: Type) => this.#once(() => e(x));
    if (this.#chance(0.12)) return `(${e(t)} if ${e("bool")} else ${e(t)})`;
    if (this.#helper && this.#helper.result === t && this.#chance(0.15)) {
      return `helper(${this.#helper.args.map((a) => this.#expression(a, 0)).join(", ")})`;
    }
    switch (t) {
      case "int":
        return this.#intExpression(e);
      case "float":
        return this.#floatExpression(e);
      case "bool":
        return this.#boolExpression(e);
      case "str":
        return this.#strExpression(e);
      case "List[int]":
        return this.#pick([
          () => `[${e("int")}, ${e("int")}]`,
          () => `(${e(t)} + ${e(t)})`,
          () => `[x * 2 + 1 for x in ${this.#expression(t, 0)}]`,
          () => `[i - 1 for i in range(${once("int")} % 5)]`,
          () => `sorted(${e(t)})`,
          () => `${e(t)}[${this.#slice()}]`,
          () => `[len(w) for w in ${this.#expression("List[str]", 0)}]`,
          () => this.#leaf(t),
        ])();
      case "List[float]":
        return this.#pick([
          () => `[${e("float")}, ${e("float")}]`,
          () => `(${e(t)} + ${e(t)})`,
          () => `[x * 0.5 for x in ${this.#expression(t, 0)}]`,
          () => `[float(x) for x in ${this.#expression("List[int]", 0)}]`,
          () => `${e(t)}[${this.#slice()}]`,
          () => this.#leaf(t),
        ])();
      case "List[str]":
        return this.#pick([
          () => `[${e("str")}, ${e("str")}]`,
          () => `${e("str")}.split(${this.#pick(['"a"', '" "', '","'])})`,
          () => `[w.upper() for w in ${this.#expression(t, 0)}]`,
          () => `[c for c in ${this.#expression("str", 0)}]`,
          () => `${e(t)}[${this.#slice()}]`,
          () => this.#leaf(t),
        ])();
      case "Dict[str, int]":
        return this.#pick([
          () => `{${e("str")}: ${e("int")}, "k": ${this.#leaf("int")}}`,
          () => `{w: len(w) for w in ${this.#expression("List[str]", 0)}}`,
          () => `${this.#expression(t, 0)}.copy()`,
        ])();
      case "Dict[int, float]":
        return this.#pick([
          () => `{${once("int")} % 7: ${e("float")}}`,
          () => `{i: float(i) for i in range(${once("int")} % 4)}`,
          () => `${this.#expression(t, 0)}.copy()`,
        ])();
      case "Tuple[int, float]":
        return `(${e("int")}, ${e("float")})`;
      case "Optional[int]":
        return this.#leaf(t);
    }
  }

  #intExpression(e: (t: Type) => string): string {
    const once = (t: Type) => this.#once(() => e(t));
    return this.#pick([
      () => `(${e("int")} + ${e("int")})`,
      () => `(${e("int")} - ${e("int")})`,
      () => `((${once("int")} % 1009) * (${once("int")} % 1009) % 1013)`,
      () => `(${once("int")} % ${2 + this.#int(11)})`,
      () => `(${once("int")} % -${2 + this.#int(11)})`,
      () => `(${e("int")} // ${2 + this.#int(11)})`,
      () => `(${e("int")} // ((${e("int")} & 15) + 1))`,
      () => `(-${e("int")})`,
      () => `abs(${e("int")})`,
      () => `${this.#pick(["min", "max"])}(${e("int")}, ${e("int")})`,
      () => `(${e("int")} ${this.#pick(["&", "|", "^"])} ${e("int")})`,
      () => `((${e("int")} & 63) ${this.#pick(["<<", ">>"])} ${this.#int(5)})`,
      () => `int(${e("float")})`,
      () => `int(${e("bool")})`,
      () => `len(${e(this.#pick(["str", "List[int]", "List[str]", "Dict[str, int]"] as const))})`,
      () => `sum(${e("List[int]")})`,
      () => `${e("str")}.find(${e("str")})`,
      () => `ord((${e("str")} + "q")[0])`,
      () => `(${e("List[int]")} + [3])[${this.#pick(["0", "-1"])}]`,
      () => `${this.#expression("Dict[str, int]", 0)}.get("k", ${this.#leaf("int")})`,
      () => `${this.#expression("Tuple[int, float]", 0)}[0]`,
      () => `${e("List[int]")}.count(${e("int")})`,
      () => this.#leaf("int"),
    ])();
  }

  #floatExpression(e: (t: Type) => string): string {
    return this.#pick([
      () => `(${e("float")} + ${e("float")})`,
      () => `(${e("float")} - ${e("float")})`,
      () => `(min(max(${e("float")}, -50.0), 50.0) * min(max(${e("float")}, -50.0), 50.0))`,
      () => `(${e("float")} * 0.5)`,
      () => `(${e("float")} / (abs(${e("float")}) + 1.0))`,
      () => `(${e("int")} / ${2 + this.#int(5)})`,
      () => `float(${e("int")})`,
      () => `(-${e("float")})`,
      () => `abs(${e("float")})`,
      () => `${this.#pick(["min", "max"])}(${e("float")}, ${e("float")})`,
      () => `(${e("int")} + ${e("float")})`,
      () => `(${e("float")} - ${e("int")})`,
      () => `${this.#expression("Tuple[int, float]", 0)}[1]`,
      () => `(${e("List[float]")} + [1.5])[${this.#pick(["0", "-1"])}]`,
      () => this.#leaf("float"),
    ])();
  }

  #boolExpression(e: (t: Type) => string): string {
    const compare = () => this.#pick(["<", "<=", ">", ">=", "==", "!="]);
    return this.#pick([
      () => `(${e("int")} ${compare()} ${e("int")})`,
      () => `(${e("float")} ${compare()} ${e("float")})`,
      () => `(${e("int")} ${compare()} ${e("float")})`,
      () => `(${e("str")} ${this.#pick(["==", "!=", "<", ">"])} ${e("str")})`,
      () => `(${e("bool")} and ${e("bool")})`,
      () => `(${e("bool")} or ${e("bool")})`,
      () => `(not ${e("bool")})`,
      // TorchScript computes every operand of a chain: the last must have no side effect.
      () => `(${e("int")} < ${e("int")} < ${this.#expression("int", 0)})`,
      () => `(${e("int")} in ${e("List[int]")})`,
      () => `(${e("str")} in ${this.#expression("Dict[str, int]", 0)})`,
      () => `(${this.#key("int")} in ${this.#expression("Dict[int, float]", 0)})`,
      () => `(${e("List[int]")} == ${e("List[int]")})`,
      // Twice too, in a condition, is what a method is called on.
      () => `${this.#once(() => e("str"))}.startswith(${e("str")})`,
      () => `bool(${e("int")})`,
      () => `((${this.#expression("Optional[int]", 0)} is None) == ${this.#literal("bool")})`,
      () => this.#leaf("bool"),
    ])();
  }

  #strExpression(e: (t: Type) => string): string {
    return this.#pick([
      () => `(${e("str")} + ${e("str")})`,
      () => `str(${e("int")})`,
      () => `${e("str")}.${this.#pick(["upper", "lower", "strip", "title", "swapcase", "capitalize"])}()`,
      () => `${e("str")}[${this.#slice()}]`,
      () => `${e("str")}.replace(${this.#pick(['"a"', '"Za"', '"l"', '","'])}, ${this.#literal("str")})`,
      () => `${this.#pick(['","', '"-"', '""'])}.join(${e("List[str]")})`,
      () => `f"{${this.#expression("int", 0)}}:{${this.#expression("str", 0).replaceAll('"', "'")}}"`,
      () => `"{}_{}".format(${e("int")}, ${e("str")})`,
      () => `("%d/%s" % (${e("int")}, ${e("str")}))`,
      () => this.#leaf("str"),
    ])();
  }

  #slice(): string {
    const at = () => this.#chance(0.3) ? "" : String(this.#int(7) - 3);
    return this.#chance(0.2) ? `${at()}:${at()}:${1 + this.#int(2)}` : `${at()}:${at()}`;
  }

  #leaf(t: Type): string {
    const known = this.#vars.filter((v) => v.type === t);
    if (known.length && this.#chance(t.includes("[") ? 1 : 0.8)) return this.#pick(known).name;
    return t === "Optional[int]" || t.startsWith("List") || t.startsWith("Dict")
      ? this.#typed(t)
      : this.#literal(t);
  }

  /** A literal whose type TorchScript can tell where it stands. */
  #typed(t: Type): string {
    const text = this.#literal(t);
    if (text === "None") return "torch.jit.annotate(Optional[int], None)";
    if (text === "[]" || text === "{}") return `torch.jit.annotate(${t}, ${text})`;
    return t === "Optional[int]" ? `torch.jit.annotate(Optional[int], ${text})` : text;
  }

  #literal(t: Type): string {
    const some = (make: () => string) => Array.from({ length: this.#int(4) }, make).join(", ");
    switch (t) {
      case "int":
        return String(this.#int(40) - 12);
      case "float":
        return this.#pick(["0.0", "1.0", "-2.5", "0.25", "3.75", "10.0", "-0.5", "7.125", "0.1", "1e-3"]);
      case "bool":
        return this.#pick(["True", "False"]);
      case "str":
        return this.#pick(['""', '"a"', '"abc"', '"Hello"', '"x y"', '"b,c"', '"zz"', '"k"', '"Za"', '"q9"']);
      case "List[int]":
        return `[${some(() => this.#literal("int"))}]`;
      case "List[float]":
        return `[${some(() => this.#literal("float"))}]`;
      case "List[str]":
        return `[${some(() => this.#literal("str"))}]`;
      case "Dict[str, int]":
        return `{${some(() => `${this.#literal("str")}: ${this.#literal("int")}`)}}`;
      case "Dict[int, float]":
        return `{${some(() => `${this.#int(6)}: ${this.#literal("float")}`)}}`;
      case "Tuple[int, float]":
        return `(${this.#literal("int")}, ${this.#literal("float")})`;
      case "Optional[int]":
        return this.#chance(0.4) ? "None" : this.#literal("int");
    }
  }

  #key(t: Type): string {
    return t === "str" ? this.#expression("str", 0) : `(${this.#expression("int", 0)} % 7)`;
  }
  #small(t: Type): string {
    return this.#leaf(t);
  }

  // --- Picking ---

  #line(text: string): void {
    this.#lines.push("    ".repeat(this.#indent) + text);
  }
  #nested(body: () => void): void {
    this.#indent++;
    const mark = this.#vars.length;
    body();
    this.#vars.length = Math.min(this.#vars.length, mark);
    this.#indent--;
  }
  #name(): string {
    return `v${this.#names++}`;
  }
  #declare(type: Type): Variable {
    const v = { name: this.#name(), type };
    this.#vars.push(v);
    return v;
  }
  #find(types: readonly Type[], writable = false): Variable | undefined {
    const found = this.#vars.filter((v) => types.includes(v.type) && !(writable && v.fixed));
    return found.length ? this.#pick(found) : undefined;
  }
  #type(): Type {
    return this.#pick(TYPES);
  }
  #int(below: number): number {
    return Math.floor(this.#random() * below);
  }
  #chance(p: number): boolean {
    return this.#random() < p;
  }
  #pick<T>(from: readonly T[]): T {
    return from[this.#int(from.length)];
  }
}
