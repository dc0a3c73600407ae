/** The standard modules written in Python, as text, by name. The host parses one when it is first imported. */
import { registerSource } from "../runtime/module.ts";
import functoolsSource from "../lib/functools.py" with { type: "text" };
import typingSource from "../lib/typing.py" with { type: "text" };
import typingMoreSource from "../lib/_typing_more.py" with { type: "text" };

const SOURCES: Record<string, string> = {
  functools: functoolsSource,
  typing: typingSource,
  _typing_more: typingMoreSource,
};

for (const [name, text] of Object.entries(SOURCES)) registerSource(name, () => text);
