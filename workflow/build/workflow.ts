import { stringify } from "yaml";
import { parseWorkflow } from "../syntax";
import { validateWorkflow } from "../validate";
import { AnyExpr, type AnyValue, apply, type Expr, type Value } from "./expression";
import { data, Emitter } from "./emit";
import { call, type CallStep, type StepLike } from "./steps";
import { type AnyVariable, Variable } from "./variable";
import { BuildError } from "./errors";

/** What a routine is made of. */
export interface RoutineArgs {
    /** For `main` at most one: the execution's argument. */
    params?: (AnyVariable | { variable: AnyVariable; default: AnyValue })[];
    steps: StepLike[];
}

/** What {@link workflow} is made of: `main`, and the routines that it calls. */
export interface WorkflowArgs extends RoutineArgs {
    subworkflows?: (RoutineArgs & { readonly name: string })[];
    /**
     * `list` writes the steps alone, which takes no parameter and no subworkflow.
     * @default - `map`: `main` and the subworkflows
     */
    form?: "map" | "list";
}

/** A finished workflow, to write out. */
export interface Workflow {
    /** As a person would write it. */
    toYaml(): string;
    /** As JSON, with a line break at its end. */
    toJson(): string;
}

/**
 * Puts a workflow together.
 *
 * @throws Error where a deploy would refuse it: it reads a variable that nothing sets, shares one that is not set yet,
 * has two steps of one name, leads to a step that it does not have, calls what does not exist
 */
export function workflow(args: WorkflowArgs): Workflow {
    const { subworkflows = [], params = [], form = "map" } = args;
    if (form === "list" && (params.length > 0 || subworkflows.length > 0)) {
        throw new BuildError("the list form of a workflow takes no parameters and no subworkflows", {
            fix: "leave form out",
        });
    }
    if (params.length > 1) {
        throw new BuildError(`main has ${params.length} parameters`, { fix: "it takes one, the execution's argument" });
    }
    const content: unknown =
        form === "list"
            ? new Emitter("main", new Set()).steps(args.steps)
            : Object.fromEntries([
                  ["main", routine("main", args)],
                  ...subworkflows.map((s) => [s.name, routine(s.name, s)]),
              ]);
    const yaml = stringify(content, { lineWidth: 0, indentSeq: true });
    refuse(yaml);
    return {
        toYaml: () => yaml,
        toJson: () =>
            `${JSON.stringify(content, (_, value: unknown) => (typeof value === "bigint" ? Number(value) : value), 2)}\n`,
    };
}

/** What no type and no single step shows: jumps to nowhere, what is shared and not set, names that nothing has. */
function refuse(yaml: string): void {
    const errors = validateWorkflow(parseWorkflow(yaml, { file: "workflow", format: "yaml" }))
        // Workflows has more connectors than are known here.
        .filter(({ severity, message }) => severity === "error" && !message.includes("the connector 'googleapis."))
        .map(({ step, message }) => (step === undefined ? message : `step "${step}": ${message}`));
    if (errors.length > 0) {
        throw new BuildError(errors.join("\n"));
    }
}

function routine(name: string, { params = [], steps }: RoutineArgs): Record<string, unknown> {
    const variables = params.map((param) => (param instanceof AnyExpr ? param : param.variable));
    return {
        ...(params.length > 0 && {
            params: params.map((param) =>
                param instanceof AnyExpr ? param.name : { [param.variable.name]: data(param.default) },
            ),
        }),
        steps: new Emitter(name, new Set(variables.map((v) => v.name))).steps(steps),
    };
}

/** A routine that others call, with named arguments `P` and the result `R`. */
export interface Subworkflow<P, R> extends RoutineArgs {
    readonly name: string;
    /** Calls it in a step of its own. */
    call(step: string, args: { [K in keyof P]: Value<P[K]> }): CallStep<R>;
    /** Calls it within an expression, which must not block. */
    apply(args: { [K in keyof P]: Value<P[K]> }): Expr<R>;
}

/**
 * Declares a subworkflow. `P` says what its arguments are; `steps` gets them as variables.
 *
 * @example
 * const greet = subworkflow<{ name: string }, string>("greet", ["name"], ({ name }) => [give("done", concat("Hello ", name))]);
 */
export function subworkflow<P, R>(
    name: string,
    params: (keyof P & string)[],
    steps: (args: { [K in keyof P]: Variable<P[K]> }) => StepLike[],
): Subworkflow<P, R> {
    const variables = params.map((param) => new Variable<unknown>(param));
    const named = Object.fromEntries(variables.map((v) => [v.name, v])) as unknown as {
        [K in keyof P]: Variable<P[K]>;
    };
    return {
        name,
        params: variables,
        steps: steps(named),
        call: (step, args) => call<R>(step, name, args as AnyValue),
        apply: (args) => apply<R>(name, ...params.map((param) => args[param])),
    };
}
