/** The standard modules written in Python, as text, by name. The host parses one when it is first imported. */
import { registerSource } from "../runtime/module.ts";
import argparseActionsSource from "../lib/_argparse_actions.py" with { type: "text" };
import argparseHelpSource from "../lib/_argparse_help.py" with { type: "text" };
import collectionsMoreSource from "../lib/_collections_more.py" with { type: "text" };
import datetimeDeltaSource from "../lib/_datetime_delta.py" with { type: "text" };
import datetimeParseSource from "../lib/_datetime_parse.py" with { type: "text" };
import loggingRecordsSource from "../lib/_logging_records.py" with { type: "text" };
import typingFormsSource from "../lib/_typing_forms.py" with { type: "text" };
import typingMoreSource from "../lib/_typing_more.py" with { type: "text" };
import abcSource from "../lib/abc.py" with { type: "text" };
import argparseSource from "../lib/argparse.py" with { type: "text" };
import collectionsPackageSource from "../lib/collections/__init__.py" with { type: "text" };
import collectionsAbcSource from "../lib/collections/abc.py" with { type: "text" };
import contextlibSource from "../lib/contextlib.py" with { type: "text" };
import datetimeSource from "../lib/datetime.py" with { type: "text" };
import fractionsSource from "../lib/fractions.py" with { type: "text" };
import functoolsSource from "../lib/functools.py" with { type: "text" };
import loggingSource from "../lib/logging.py" with { type: "text" };
import pathlibSource from "../lib/pathlib.py" with { type: "text" };
import randomSource from "../lib/random.py" with { type: "text" };
import statisticsSource from "../lib/statistics.py" with { type: "text" };
import stringSource from "../lib/string.py" with { type: "text" };
import typingSource from "../lib/typing.py" with { type: "text" };

const SOURCES: Record<string, string> = {
  _argparse_actions: argparseActionsSource,
  _argparse_help: argparseHelpSource,
  _collections_more: collectionsMoreSource,
  _datetime_delta: datetimeDeltaSource,
  _datetime_parse: datetimeParseSource,
  _logging_records: loggingRecordsSource,
  _typing_forms: typingFormsSource,
  _typing_more: typingMoreSource,
  abc: abcSource,
  argparse: argparseSource,
  collections: collectionsPackageSource,
  "collections.abc": collectionsAbcSource,
  contextlib: contextlibSource,
  datetime: datetimeSource,
  fractions: fractionsSource,
  functools: functoolsSource,
  logging: loggingSource,
  pathlib: pathlibSource,
  random: randomSource,
  statistics: statisticsSource,
  string: stringSource,
  typing: typingSource,
};

const PACKAGES = new Set(["collections"]);

for (const [name, text] of Object.entries(SOURCES)) {
  registerSource(name, () => text, { isPackage: PACKAGES.has(name) });
}
