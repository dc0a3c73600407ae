import "./math.ts";
import "./itertools.ts";
