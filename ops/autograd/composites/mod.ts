/** All operators that are made of others, by family. */
import type { Composites } from "../rules.ts";
import { contractions } from "./contractions.ts";
import { layers } from "./layers.ts";
import { losses } from "./losses.ts";
import { products } from "./products.ts";
import { recurrent } from "./recurrent.ts";
import { shapes } from "./shapes.ts";
import { statistics } from "./statistics.ts";

export const composites = (): readonly Composites[] => [
  contractions,
  shapes,
  products,
  layers,
  losses,
  recurrent,
  statistics,
];
