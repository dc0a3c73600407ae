/** nn.Modules compiled from live objects of a small host, against the graphs PyTorch gives for the same classes. */
import { Diagnostic } from "../../core/errors.ts";
import { Float } from "../../core/scalar.ts";
import { Source } from "../../core/source.ts";
import type { ClassType } from "../../core/class_type.ts";
import { diagnosticText, graphToString, recursiveCompiler } from "../../compiler/mod.ts";
import type { Graph } from "../../compiler/ir/graph.ts";
import { verifyAfterPasses } from "../../compiler/passes/mod.ts";
import { assertEquals } from "./assert_text.ts";
import { canonical, sections } from "./canonical.ts";
import { FakeHost } from "./fake_host.ts";

const text = Deno.readTextFileSync(new URL("./modules/nets.py", import.meta.url));
const recorded = Deno.readTextFileSync(new URL("./modules/nets.graph", import.meta.url));
const host = new FakeHost(new Source(text, "nets.py"));

function graphs(type: ClassType): string {
  return ["forward", "extra", "helper"].filter((n) => type.methods.has(n)).map((n) =>
    graphToString(type.methods.get(n)!.graph as Graph)
  ).join("");
}

for (const { name, expected } of sections(recorded)) {
  Deno.test(`module ${name}`, () => {
    verifyAfterPasses(true);
    let actual: string;
    try {
      const { object } = recursiveCompiler().scriptModule(host.instantiate(name));
      actual = graphs(object.type);
    } catch (e) {
      if (!(e instanceof Diagnostic)) throw e;
      actual = `error ${e.pythonType}\n${diagnosticText(e)}`;
    }
    // Each graph is numbered on its own.
    const split = (s: string) => s.split(/^(?=graph\()/m).map(canonical).join("\n");
    assertEquals(split(actual), split(expected));
  });
}

Deno.test("modules that look alike share a type", () => {
  const { object: a } = recursiveCompiler().scriptModule(host.instantiate("Linear", [3]));
  const { object: b } = recursiveCompiler().scriptModule(host.instantiate("Linear", [9]));
  const { object: c } = recursiveCompiler().scriptModule(host.instantiate("Linear", [new Float(2.5)]));
  assertEquals(String(a.type === b.type), "true");
  assertEquals(String(a.type === c.type), "false");
  assertEquals(c.type.name.replace(/\d+/, "N"), "__torch__.___torch_mangle_N.Linear");
  assertEquals(String(b.getAttr("k")), "9");
});
