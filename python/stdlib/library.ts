/** Standard modules written in Python beyond typing, functools and collections, as text, by name. */
import { registerSource } from "../runtime/module.ts";
import bisectSource from "../lib/bisect.py" with { type: "text" };
import copySource from "../lib/copy.py" with { type: "text" };
import copyregSource from "../lib/copyreg.py" with { type: "text" };
import dataclassesSource from "../lib/dataclasses.py" with { type: "text" };
import enumSource from "../lib/enum.py" with { type: "text" };
import errnoSource from "../lib/errno.py" with { type: "text" };
import fnmatchSource from "../lib/fnmatch.py" with { type: "text" };
import futureSource from "../lib/__future__.py" with { type: "text" };
import gcSource from "../lib/gc.py" with { type: "text" };
import globSource from "../lib/glob.py" with { type: "text" };
import heapqSource from "../lib/heapq.py" with { type: "text" };
import importlibSource from "../lib/importlib.py" with { type: "text" };
import inspectSource from "../lib/inspect.py" with { type: "text" };
import jsonSource from "../lib/json.py" with { type: "text" };
import keywordSource from "../lib/keyword.py" with { type: "text" };
import linecacheSource from "../lib/linecache.py" with { type: "text" };
import numbersSource from "../lib/numbers.py" with { type: "text" };
import oswalkSource from "../lib/_os_walk.py" with { type: "text" };
import platformSource from "../lib/platform.py" with { type: "text" };
import posixpathSource from "../lib/posixpath.py" with { type: "text" };
import pprintSource from "../lib/pprint.py" with { type: "text" };
import shutilSource from "../lib/shutil.py" with { type: "text" };
import signaturesSource from "../lib/_signatures.py" with { type: "text" };
import tempfileSource from "../lib/tempfile.py" with { type: "text" };
import textwrapSource from "../lib/textwrap.py" with { type: "text" };
import threadingSource from "../lib/threading.py" with { type: "text" };
import tracebackSource from "../lib/traceback.py" with { type: "text" };
import typesSource from "../lib/types.py" with { type: "text" };
import typingextensionsSource from "../lib/typing_extensions.py" with { type: "text" };
import warningsSource from "../lib/warnings.py" with { type: "text" };
import weakrefSource from "../lib/weakref.py" with { type: "text" };

const SOURCES: Record<string, string> = {
  __future__: futureSource,
  _os_walk: oswalkSource,
  _signatures: signaturesSource,
  bisect: bisectSource,
  copy: copySource,
  copyreg: copyregSource,
  dataclasses: dataclassesSource,
  enum: enumSource,
  errno: errnoSource,
  fnmatch: fnmatchSource,
  gc: gcSource,
  glob: globSource,
  heapq: heapqSource,
  importlib: importlibSource,
  inspect: inspectSource,
  json: jsonSource,
  keyword: keywordSource,
  linecache: linecacheSource,
  numbers: numbersSource,
  platform: platformSource,
  posixpath: posixpathSource,
  pprint: pprintSource,
  shutil: shutilSource,
  tempfile: tempfileSource,
  textwrap: textwrapSource,
  threading: threadingSource,
  traceback: tracebackSource,
  types: typesSource,
  typing_extensions: typingextensionsSource,
  warnings: warningsSource,
  weakref: weakrefSource,
};

for (const [name, text] of Object.entries(SOURCES)) registerSource(name, () => text);
