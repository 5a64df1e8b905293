import type { Callee } from "../frame";
import { HELPERS, LISTS, MAPS, MATHS } from "./core";
import { DATA } from "./data";
import { HTTP } from "./http";
import { SYSTEM } from "./sys";
import { TEXTS } from "./text";
import { TIMES } from "./time";

/** The standard library by name: https://cloud.google.com/workflows/docs/reference/stdlib/overview */
export const LIBRARY: ReadonlyMap<string, Callee> = new Map(
    [HELPERS, LISTS, MAPS, MATHS, DATA, TEXTS, TIMES, SYSTEM, HTTP].flat().map((each) => [each.name, each]),
);
