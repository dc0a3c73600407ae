/** The standard modules written in Python, as text, by name. The host parses one when it is first imported. */
import { registerSource } from "../runtime/module.ts";
import futureSource from "../lib/__future__.py" with { type: "text" };
import argparseActionsSource from "../lib/_argparse_actions.py" with { type: "text" };
import argparseHelpSource from "../lib/_argparse_help.py" with { type: "text" };
import asyncioGroupsSource from "../lib/_asyncio_groups.py" with { type: "text" };
import asyncioSyncSource from "../lib/_asyncio_sync.py" with { type: "text" };
import collectionsMoreSource from "../lib/_collections_more.py" with { type: "text" };
import datetimeDeltaSource from "../lib/_datetime_delta.py" with { type: "text" };
import datetimeParseSource from "../lib/_datetime_parse.py" with { type: "text" };
import enumFlagsSource from "../lib/_enum_flags.py" with { type: "text" };
import loggingRecordsSource from "../lib/_logging_records.py" with { type: "text" };
import osWalkSource from "../lib/_os_walk.py" with { type: "text" };
import signaturesSource from "../lib/_signatures.py" with { type: "text" };
import typingFormsSource from "../lib/_typing_forms.py" with { type: "text" };
import typingMoreSource from "../lib/_typing_more.py" with { type: "text" };
import typingParamsSource from "../lib/_typing_params.py" with { type: "text" };
import unittestCaseSource from "../lib/_unittest_case.py" with { type: "text" };
import decimalContextSource from "../lib/_decimal_context.py" with { type: "text" };
import decimalRootsSource from "../lib/_decimal_roots.py" with { type: "text" };
import decimalTextSource from "../lib/_decimal_text.py" with { type: "text" };
import abcSource from "../lib/abc.py" with { type: "text" };
import argparseSource from "../lib/argparse.py" with { type: "text" };
import arraySource from "../lib/array.py" with { type: "text" };
import astSource from "../lib/ast.py" with { type: "text" };
import asyncioSource from "../lib/asyncio.py" with { type: "text" };
import atexitSource from "../lib/atexit.py" with { type: "text" };
import base64Source from "../lib/base64.py" with { type: "text" };
import bdbSource from "../lib/bdb.py" with { type: "text" };
import binasciiSource from "../lib/binascii.py" with { type: "text" };
import bisectSource from "../lib/bisect.py" with { type: "text" };
import collectionsSource from "../lib/collections/__init__.py" with { type: "text" };
import collectionsAbcSource from "../lib/collections/abc.py" with { type: "text" };
import concurrentSource from "../lib/concurrent/__init__.py" with { type: "text" };
import concurrentFuturesSource from "../lib/concurrent/futures.py" with { type: "text" };
import configparserSource from "../lib/configparser.py" with { type: "text" };
import contextlibSource from "../lib/contextlib.py" with { type: "text" };
import contextvarsSource from "../lib/contextvars.py" with { type: "text" };
import copySource from "../lib/copy.py" with { type: "text" };
import copyregSource from "../lib/copyreg.py" with { type: "text" };
import csvSource from "../lib/csv.py" with { type: "text" };
import dataclassesSource from "../lib/dataclasses.py" with { type: "text" };
import datetimeSource from "../lib/datetime.py" with { type: "text" };
import decimalSource from "../lib/decimal.py" with { type: "text" };
import difflibSource from "../lib/difflib.py" with { type: "text" };
import disSource from "../lib/dis.py" with { type: "text" };
import enumSource from "../lib/enum.py" with { type: "text" };
import errnoSource from "../lib/errno.py" with { type: "text" };
import fnmatchSource from "../lib/fnmatch.py" with { type: "text" };
import fractionsSource from "../lib/fractions.py" with { type: "text" };
import functoolsSource from "../lib/functools.py" with { type: "text" };
import gcSource from "../lib/gc.py" with { type: "text" };
import getpassSource from "../lib/getpass.py" with { type: "text" };
import globSource from "../lib/glob.py" with { type: "text" };
import gzipSource from "../lib/gzip.py" with { type: "text" };
import hashlibSource from "../lib/hashlib.py" with { type: "text" };
import heapqSource from "../lib/heapq.py" with { type: "text" };
import htmlSource from "../lib/html.py" with { type: "text" };
import importlibSource from "../lib/importlib.py" with { type: "text" };
import inspectSource from "../lib/inspect.py" with { type: "text" };
import jsonSource from "../lib/json.py" with { type: "text" };
import keywordSource from "../lib/keyword.py" with { type: "text" };
import linecacheSource from "../lib/linecache.py" with { type: "text" };
import localeSource from "../lib/locale.py" with { type: "text" };
import loggingSource from "../lib/logging.py" with { type: "text" };
import multiprocessingSource from "../lib/multiprocessing.py" with { type: "text" };
import numbersSource from "../lib/numbers.py" with { type: "text" };
import pathlibSource from "../lib/pathlib.py" with { type: "text" };
import pdbSource from "../lib/pdb.py" with { type: "text" };
import pickleSource from "../lib/pickle.py" with { type: "text" };
import platformSource from "../lib/platform.py" with { type: "text" };
import posixpathSource from "../lib/posixpath.py" with { type: "text" };
import pprintSource from "../lib/pprint.py" with { type: "text" };
import queueSource from "../lib/queue.py" with { type: "text" };
import randomSource from "../lib/random.py" with { type: "text" };
import secretsSource from "../lib/secrets.py" with { type: "text" };
import shutilSource from "../lib/shutil.py" with { type: "text" };
import signalSource from "../lib/signal.py" with { type: "text" };
import socketSource from "../lib/socket.py" with { type: "text" };
import statisticsSource from "../lib/statistics.py" with { type: "text" };
import stringSource from "../lib/string.py" with { type: "text" };
import structSource from "../lib/struct.py" with { type: "text" };
import subprocessSource from "../lib/subprocess.py" with { type: "text" };
import tempfileSource from "../lib/tempfile.py" with { type: "text" };
import textwrapSource from "../lib/textwrap.py" with { type: "text" };
import threadingSource from "../lib/threading.py" with { type: "text" };
import timeitSource from "../lib/timeit.py" with { type: "text" };
import tracebackSource from "../lib/traceback.py" with { type: "text" };
import typesSource from "../lib/types.py" with { type: "text" };
import typingSource from "../lib/typing.py" with { type: "text" };
import typingExtensionsSource from "../lib/typing_extensions.py" with { type: "text" };
import unittestSource from "../lib/unittest.py" with { type: "text" };
import urllibSource from "../lib/urllib/__init__.py" with { type: "text" };
import urllibParseSource from "../lib/urllib/parse.py" with { type: "text" };
import uuidSource from "../lib/uuid.py" with { type: "text" };
import warningsSource from "../lib/warnings.py" with { type: "text" };
import weakrefSource from "../lib/weakref.py" with { type: "text" };
import zlibSource from "../lib/zlib.py" with { type: "text" };

const SOURCES: Record<string, string> = {
  __future__: futureSource,
  _argparse_actions: argparseActionsSource,
  _argparse_help: argparseHelpSource,
  _asyncio_groups: asyncioGroupsSource,
  _asyncio_sync: asyncioSyncSource,
  _collections_more: collectionsMoreSource,
  _datetime_delta: datetimeDeltaSource,
  _datetime_parse: datetimeParseSource,
  _decimal_context: decimalContextSource,
  _decimal_roots: decimalRootsSource,
  _decimal_text: decimalTextSource,
  _enum_flags: enumFlagsSource,
  _logging_records: loggingRecordsSource,
  _os_walk: osWalkSource,
  _signatures: signaturesSource,
  _typing_forms: typingFormsSource,
  _typing_more: typingMoreSource,
  _typing_params: typingParamsSource,
  _unittest_case: unittestCaseSource,
  abc: abcSource,
  argparse: argparseSource,
  array: arraySource,
  ast: astSource,
  asyncio: asyncioSource,
  atexit: atexitSource,
  base64: base64Source,
  bdb: bdbSource,
  binascii: binasciiSource,
  bisect: bisectSource,
  collections: collectionsSource,
  "collections.abc": collectionsAbcSource,
  concurrent: concurrentSource,
  "concurrent.futures": concurrentFuturesSource,
  configparser: configparserSource,
  contextlib: contextlibSource,
  contextvars: contextvarsSource,
  copy: copySource,
  copyreg: copyregSource,
  csv: csvSource,
  dataclasses: dataclassesSource,
  datetime: datetimeSource,
  decimal: decimalSource,
  difflib: difflibSource,
  dis: disSource,
  enum: enumSource,
  errno: errnoSource,
  fnmatch: fnmatchSource,
  fractions: fractionsSource,
  functools: functoolsSource,
  gc: gcSource,
  getpass: getpassSource,
  glob: globSource,
  gzip: gzipSource,
  hashlib: hashlibSource,
  heapq: heapqSource,
  html: htmlSource,
  importlib: importlibSource,
  inspect: inspectSource,
  json: jsonSource,
  keyword: keywordSource,
  linecache: linecacheSource,
  locale: localeSource,
  logging: loggingSource,
  multiprocessing: multiprocessingSource,
  numbers: numbersSource,
  pathlib: pathlibSource,
  pdb: pdbSource,
  pickle: pickleSource,
  platform: platformSource,
  posixpath: posixpathSource,
  pprint: pprintSource,
  queue: queueSource,
  random: randomSource,
  secrets: secretsSource,
  shutil: shutilSource,
  signal: signalSource,
  socket: socketSource,
  statistics: statisticsSource,
  string: stringSource,
  struct: structSource,
  subprocess: subprocessSource,
  tempfile: tempfileSource,
  textwrap: textwrapSource,
  threading: threadingSource,
  timeit: timeitSource,
  traceback: tracebackSource,
  types: typesSource,
  typing: typingSource,
  typing_extensions: typingExtensionsSource,
  unittest: unittestSource,
  urllib: urllibSource,
  "urllib.parse": urllibParseSource,
  uuid: uuidSource,
  warnings: warningsSource,
  weakref: weakrefSource,
  zlib: zlibSource,
};

const PACKAGES = new Set(["collections", "concurrent", "urllib"]);

for (const [name, text] of Object.entries(SOURCES)) {
  registerSource(name, () => text, { isPackage: PACKAGES.has(name) });
}
