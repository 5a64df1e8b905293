import { createRequire } from "node:module";
import type * as Cel from "@bufbuild/cel";
import type * as WellKnown from "@bufbuild/protobuf/wkt";
import { ApiError } from "../cloud";
import { splitName } from "./resources";

/** What a condition can ask about. https://cloud.google.com/iam/docs/conditions-attribute-reference */
export interface ConditionContext {
    resource: string;
    resourceType: string;
    /** Milliseconds since 1970. */
    now: number;
}

/** Undefined where it cannot be evaluated: an attribute that is not there, a result that is no boolean. */
type Condition = (context: ConditionContext) => boolean | undefined;

const load = createRequire(__filename);
const compiled = new Map<string, Condition>();
/** Conditions are few; the bound is for a program that makes them up without end. */
const compiledKept = 1000;

/**
 * Whether a condition holds. One that cannot be evaluated does not, as with Google.
 */
export function holds(expression: string, context: ConditionContext): boolean {
    return judge(expression, context) === true;
}

/** What a condition says; undefined where it cannot be evaluated. */
export function judge(expression: string, context: ConditionContext): boolean | undefined {
    let condition = compiled.get(expression);
    if (!condition) {
        condition = compile(expression);
        if (compiled.size >= compiledKept) compiled.clear();
        compiled.set(expression, condition);
    }
    return condition(context);
}

/** @throws ApiError INVALID_ARGUMENT where the expression is not CEL. */
export function checkCondition(expression: string): void {
    compile(expression);
}

function compile(expression: string): Condition {
    // Most sandboxes never see a condition: loaded with the first, for the 90 ms that it takes.
    const cel = load("@bufbuild/cel") as typeof Cel;
    const { timestampFromMs } = load("@bufbuild/protobuf/wkt") as typeof WellKnown;
    let evaluate: ReturnType<typeof Cel.plan>;
    try {
        evaluate = cel.plan(cel.celEnv(), cel.parse(expression));
    } catch (error) {
        throw new ApiError("INVALID_ARGUMENT", `Condition expression is invalid: ${expression}: ${String(error)}`);
    }
    return ({ resource, resourceType, now }) => {
        const { service, path } = splitName(resource);
        const result = evaluate({
            resource: { name: path, type: resourceType, service },
            request: { time: timestampFromMs(now) },
        });
        return typeof result === "boolean" ? result : undefined;
    };
}
