import { createRequire } from "node:module";
import type * as Cel from "@bufbuild/cel";
import type * as WellKnown from "@bufbuild/protobuf/wkt";
import { ApiError } from "../cloud";
import { isInRange } from "./address-ranges";
import { splitName } from "./resources";

/** What a condition can ask about. https://cloud.google.com/iam/docs/conditions-attribute-reference */
export interface ConditionContext {
    resource: string;
    resourceType: string;
    /** Milliseconds since 1970. */
    now: number;
}

type Bindings = Record<string, unknown>;
type Compiled = (bindings: Bindings) => unknown;

const load = createRequire(__filename);
const compiled = new Map<string, Compiled>();
/** How many expressions are kept, because a program can make new ones without end. */
const compiledKept = 1000;

/**
 * Whether a condition holds. One that cannot be evaluated does not, as with Google.
 */
export function holds(expression: string, context: ConditionContext): boolean {
    return judge(expression, context) === true;
}

/** The result of a condition; undefined if it cannot be evaluated: an attribute is missing, or the result is no boolean. */
export function judge(expression: string, { resource, resourceType, now }: ConditionContext): boolean | undefined {
    const { timestampFromMs } = load("@bufbuild/protobuf/wkt") as typeof WellKnown;
    const { service, path } = splitName(resource);
    const result = evaluateExpression(expression, {
        resource: { name: path, type: resourceType, service },
        request: { time: timestampFromMs(now) },
    });
    return typeof result === "boolean" ? result : undefined;
}

/** The value of a CEL expression; undefined if it cannot be evaluated. */
export function evaluateExpression(expression: string, bindings: Bindings): unknown {
    let run = compiled.get(expression);
    if (!run) {
        run = compile(expression);
        if (compiled.size >= compiledKept) {
            compiled.clear();
        }
        compiled.set(expression, run);
    }
    return run(bindings);
}

/** @throws ApiError INVALID_ARGUMENT if the expression is not CEL */
export function checkExpression(expression: string): void {
    compile(expression);
}

/**
 * Google's own function: the text that stands where a template has `{…}`, or nothing if the text is not like the template.
 * https://cloud.google.com/iam/docs/conditions-attribute-reference#extract
 */
function extract(text: string, template: string): string {
    const [, before = "", after = ""] = /^([^{]*)\{[^{}]*\}(.*)$/s.exec(template) ?? [];
    const from = template.includes("{") ? text.indexOf(before) : -1;
    const start = from + before.length;
    const end = after === "" ? text.length : text.indexOf(after, start);
    return from < 0 || end < 0 ? "" : text.slice(start, end);
}

function environment(cel: typeof Cel): Cel.CelEnv {
    const { STRING } = cel.CelScalar;
    return cel.celEnv({
        funcs: [
            cel.celFunc("inIpRange", [STRING, STRING], cel.CelScalar.BOOL, isInRange),
            cel.celMethod("extract", STRING, [STRING], STRING, function (template) {
                return extract(this, template);
            }),
        ],
    });
}

function compile(expression: string): Compiled {
    // The library takes 90 ms to load, and most sandboxes never need it. It is loaded with the first expression.
    const cel = load("@bufbuild/cel") as typeof Cel;
    let evaluate: ReturnType<typeof Cel.plan>;
    try {
        evaluate = cel.plan(environment(cel), cel.parse(expression));
    } catch (error) {
        throw new ApiError("INVALID_ARGUMENT", `Condition expression is invalid: ${expression}: ${String(error)}`);
    }
    return (bindings) => {
        const result = evaluate(bindings as Parameters<typeof evaluate>[0]);
        if (cel.isCelError(result)) {
            return undefined;
        }
        return cel.isCelList(result) ? [...result] : result;
    };
}
