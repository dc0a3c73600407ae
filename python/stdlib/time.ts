/** The `time` module. Clocks are the engine's; local time is the process's time zone. */
import { Float } from "../../core/scalar.ts";
import * as r from "../runtime/mod.ts";
import type { Value } from "../runtime/mod.ts";
import { fn, getset, methods } from "../runtime/native.ts";
import { moduleOf, registerModule } from "../runtime/module.ts";
import { toDouble } from "./math.ts";

const { PyTuple, valueError } = r;

const FIELDS = [
  "tm_year",
  "tm_mon",
  "tm_mday",
  "tm_hour",
  "tm_min",
  "tm_sec",
  "tm_wday",
  "tm_yday",
  "tm_isdst",
];
const DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];

class StructTime extends PyTuple {
  zone = "UTC";
  offset = 0;
}

const structType = r.nativeType("struct_time", {
  base: r.tupleType,
  module: "time",
  alloc: (cls) => new StructTime([], cls),
});
FIELDS.forEach((name, i) => getset(structType, name, (t: StructTime) => t.items[i]));
getset(structType, "tm_zone", (t: StructTime) => t.zone);
getset(structType, "tm_gmtoff", (t: StructTime) => t.offset);
methods(structType, {
  __new__: ["sequence, /", (_cls: Value, sequence: Value) => {
    const items = r.collect(sequence);
    if (items.length < 9) {
      throw r.typeError(`time.struct_time() takes an at least 9-sequence (${items.length}-sequence given)`);
    }
    return new StructTime(items.slice(0, 9), structType);
  }],
  __init__: ["*args", () => null],
  __repr__: [
    "",
    (t: StructTime) => `time.struct_time(${FIELDS.map((f, i) => `${f}=${r.repr(t.items[i])}`).join(", ")})`,
  ],
});

function dayOfYear(year: number, month: number, day: number): number {
  return Math.round((Date.UTC(year, month, day) - Date.UTC(year, 0, 1)) / 86400000) + 1;
}

function broken(seconds: number, local: boolean): StructTime {
  const d = new Date(seconds * 1000);
  if (Number.isNaN(d.getTime())) {
    throw r.raise(r.OverflowErrorType, "timestamp out of range for platform time_t");
  }
  const shifted = local ? new Date(d.getTime() - d.getTimezoneOffset() * 60000) : d;
  const [y, m, day] = [shifted.getUTCFullYear(), shifted.getUTCMonth(), shifted.getUTCDate()];
  const t = new StructTime([
    y,
    m + 1,
    day,
    shifted.getUTCHours(),
    shifted.getUTCMinutes(),
    shifted.getUTCSeconds(),
    (shifted.getUTCDay() + 6) % 7,
    dayOfYear(y, m, day),
    0,
  ], structType);
  if (local) {
    t.offset = -d.getTimezoneOffset() * 60;
    t.zone = /\(([^)]+)\)|([A-Z]{3,5})(?:[+-]|$)/.exec(d.toString())?.[1]?.split(" ").map((w) =>
      w[0]
    ).join("") ?? "UTC";
  }
  return t;
}

function secondsOf(v: Value | undefined): number {
  return v === undefined || v === null ? Math.floor(Date.now() / 1000) : Math.floor(toDouble(v));
}

function parts(v: Value | undefined): number[] {
  const t = v === undefined || v === null ? broken(Math.floor(Date.now() / 1000), true) : v;
  return r.collect(t).map((x) => Number(r.index(x)));
}

const two = (n: number) => String(n).padStart(2, "0");

/** Week of the year, weeks beginning on `first` (0 Monday, 6 Sunday). */
function weekNumber(yday: number, wday: number, first: number): number {
  return Math.floor((yday - 1 + 7 - ((wday - first + 7) % 7)) / 7);
}

/** ISO 8601 year and week. */
function isoWeek(year: number, yday: number, wday: number): [number, number] {
  const week = Math.floor((yday - 1 - wday + 10) / 7);
  const weeksIn = (y: number) => {
    const jan1 = (new Date(Date.UTC(y, 0, 1)).getUTCDay() + 6) % 7;
    const leap = dayOfYear(y, 11, 31) === 366;
    return jan1 === 3 || (leap && jan1 === 2) ? 53 : 52;
  };
  if (week < 1) return [year - 1, weeksIn(year - 1)];
  return week > weeksIn(year) ? [year + 1, 1] : [year, week];
}

function strftime(format: string, p: number[]): string {
  const [year, month, day, hour, minute, second, wday, yday] = p;
  return format.replace(/%([a-zA-Z%])/g, (whole, letter: string): string => {
    switch (letter) {
      case "Y":
        return String(year);
      case "y":
        return two(year % 100);
      case "C":
        return two(Math.floor(year / 100));
      case "m":
        return two(month);
      case "d":
        return two(day);
      case "e":
        return String(day).padStart(2);
      case "H":
        return two(hour);
      case "I":
        return two(hour % 12 || 12);
      case "M":
        return two(minute);
      case "S":
        return two(second);
      case "p":
        return hour < 12 ? "AM" : "PM";
      case "j":
        return String(yday).padStart(3, "0");
      case "a":
        return DAYS[wday].slice(0, 3);
      case "A":
        return DAYS[wday];
      case "b":
      case "h":
        return MONTHS[month - 1].slice(0, 3);
      case "B":
        return MONTHS[month - 1];
      case "w":
        return String((wday + 1) % 7);
      case "u":
        return String(wday + 1);
      case "U":
        return two(weekNumber(yday, wday, 6));
      case "W":
        return two(weekNumber(yday, wday, 0));
      case "G":
        return String(isoWeek(year, yday, wday)[0]);
      case "V":
        return two(isoWeek(year, yday, wday)[1]);
      case "F":
        return strftime("%Y-%m-%d", p);
      case "T":
      case "X":
        return strftime("%H:%M:%S", p);
      case "R":
        return strftime("%H:%M", p);
      case "D":
      case "x":
        return strftime("%m/%d/%y", p);
      case "c":
        return strftime("%a %b %e %H:%M:%S %Y", p);
      case "r":
        return strftime("%I:%M:%S %p", p);
      case "n":
        return "\n";
      case "t":
        return "\t";
      case "z":
        return "+0000";
      case "Z":
        return "UTC";
      case "%":
        return "%";
    }
    return whole;
  });
}

function sleep(v: Value): Value {
  const seconds = toDouble(v);
  if (seconds < 0) throw valueError("sleep length must be non-negative");
  try {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, seconds * 1000);
  } catch {
    // A browser's main thread may not block: there the time passes in a loop.
    for (const end = performance.now() + seconds * 1000; performance.now() < end;);
  }
  return null;
}

const start = performance.now();
const clock = () => new Float((performance.now() - start) / 1000);
const clockNs = () => BigInt(Math.round((performance.now() - start) * 1e6));
const small = (n: bigint): Value => n <= 9007199254740991n ? Number(n) : n;

registerModule("time", () =>
  moduleOf("time", {
    struct_time: structType,
    timezone: 0,
    altzone: 0,
    daylight: 0,
    tzname: new PyTuple(["UTC", "UTC"]),
    time: fn("time", "", () => new Float((performance.timeOrigin + performance.now()) / 1000)),
    time_ns: fn("time_ns", "", () =>
      small(BigInt(Math.round((performance.timeOrigin + performance.now()) * 1000)) * 1000n)),
    perf_counter: fn("perf_counter", "", clock),
    perf_counter_ns: fn("perf_counter_ns", "", () =>
      small(clockNs())),
    monotonic: fn("monotonic", "", clock),
    monotonic_ns: fn("monotonic_ns", "", () =>
      small(clockNs())),
    process_time: fn("process_time", "", clock),
    process_time_ns: fn("process_time_ns", "", () => small(clockNs())),
    thread_time: fn("thread_time", "", clock),
    sleep: fn("sleep", "secs, /", sleep),
    gmtime: fn("gmtime", "secs=None, /", (v?: Value) => broken(secondsOf(v), false)),
    localtime: fn("localtime", "secs=None, /", (v?: Value) => broken(secondsOf(v), true)),
    mktime: fn("mktime", "t, /", (t: Value) => {
      const [y, m, d, h, min, s] = parts(t);
      return new Float(new Date(y, m - 1, d, h, min, s).getTime() / 1000);
    }),
    strftime: fn("strftime", "format, t=None, /", (format: string, t?: Value) => strftime(format, parts(t))),
    asctime: fn("asctime", "t=None, /", (t?: Value) => strftime("%a %b %e %H:%M:%S %Y", parts(t))),
    ctime: fn("ctime", "secs=None, /", (v?: Value) =>
      strftime("%a %b %e %H:%M:%S %Y", parts(broken(secondsOf(v), true)))),
  }));
