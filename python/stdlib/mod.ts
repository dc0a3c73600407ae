import "./math.ts";
import "./itertools.ts";
import "./functools.ts";
import "./sources.ts";
import "./collections.ts";
import "./source_text.ts";
import "./library.ts";
import "./operator.ts";
