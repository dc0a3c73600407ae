import "./math.ts";
import "./itertools.ts";
import "./functools.ts";
import "./sources.ts";
