import { createRequire } from "node:module";
import type * as Cel from "@bufbuild/cel";
import type * as WellKnown from "@bufbuild/protobuf/wkt";

/** Whether a condition can hold, now or later. `unclear` is a condition that says something which is not understood here. */
export type Chance = "may" | "never" | "unclear";

/** What a condition may mention to be understood. All else, such as the hour of the day or tags, depends on the request. */
const understood = new Set([
    ...["resource", "name", "type", "service", "request", "time", "timestamp"],
    ...["startsWith", "endsWith", "contains", "true", "false", "in"],
]);
const strings = /r?("""[^]*?"""|'''[^]*?'''|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')/g;
const load = createRequire(__filename);

/**
 * Whether a condition can hold for a resource. It is asked at this moment, and around every later moment that it names, because
 * between those moments nothing changes.
 * @param attributes The names that the resource may have, its type and its service.
 * @param now Milliseconds since 1970.
 */
export function chanceOf(
    expression: string,
    attributes: { names: readonly string[]; type: string; service: string },
    now: number,
): Chance {
    const words = expression.replace(strings, " ").match(/[A-Za-z_]\w*/g) ?? [];
    if (!words.every((word) => understood.has(word))) {
        return "unclear";
    }
    const named = [...expression.matchAll(strings)].map(([, text = ""]) => Date.parse(text.slice(1, -1)));
    const moments = [now, ...named.filter((at) => at >= now).flatMap((at) => [at - 1, at, at + 1])];
    let results: unknown[];
    try {
        const evaluate = compile(expression);
        results = attributes.names.flatMap((name) =>
            moments.map((at) => evaluate({ ...attributes, name }, Math.max(at, now))),
        );
    } catch {
        return "unclear";
    }
    if (results.includes(true)) {
        return "may";
    }
    return results.every((result) => result === false) ? "never" : "unclear";
}

function compile(expression: string): (resource: Record<string, unknown>, at: number) => unknown {
    // The library takes long to load, and few policies have conditions.
    const cel = load("@bufbuild/cel") as typeof Cel;
    const { timestampFromMs } = load("@bufbuild/protobuf/wkt") as typeof WellKnown;
    const evaluate = cel.plan(cel.celEnv(), cel.parse(expression));
    return ({ name, type, service }, at) =>
        evaluate({ resource: { name, type, service }, request: { time: timestampFromMs(at) } } as Parameters<
            typeof evaluate
        >[0]);
}
