/** All operators that are made of others, by family. */
import type { Composites } from "../rules.ts";
import { products } from "./products.ts";
import { shapes } from "./shapes.ts";

export const composites = (): readonly Composites[] => [shapes, products];
