import { stringify } from "yaml";
import { parseWorkflow } from "../syntax";
import { validateWorkflow } from "../validate";
import { AnyExpr, type AnyValue, apply, type Expr, type Value } from "./expression";
import { data, Emitter } from "./emit";
import { call, type CallStep, type StepLike } from "./steps";
import { type AnyVariable, Variable } from "./variable";
import { BuildError } from "./errors";

/** The parts of a routine. */
export interface RoutineArgs {
    /** `main` has at most one: the argument of the execution. */
    params?: (AnyVariable | { variable: AnyVariable; default: AnyValue })[];
    steps: StepLike[];
}

/** The parts of a {@link workflow}: `main`, and the routines that it calls. */
export interface WorkflowArgs extends RoutineArgs {
    subworkflows?: (RoutineArgs & { readonly name: string })[];
    /**
     * `list` writes only the steps, without parameters and subworkflows.
     * @default - `map`, with `main` and the subworkflows
     */
    form?: "map" | "list";
}

/** A workflow that is ready to be written. */
export interface Workflow {
    /** The workflow as YAML, as a person would write it. */
    toYaml(): string;
    /** The workflow as JSON, with a line break at its end. */
    toJson(): string;
}

/**
 * Builds a workflow.
 *
 * @throws Error if Workflows would refuse it: it reads a variable that nothing sets, shares a variable that is not set yet,
 * has two steps with the same name, names a next step that it does not have, or calls a function that does not exist
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

/** Refuses mistakes that no type and no single step shows: next steps, shared variables and names that do not exist. */
function refuse(yaml: string): void {
    const errors = validateWorkflow(parseWorkflow(yaml, { file: "workflow", format: "yaml" }))
        // Workflows has more connectors than this package knows.
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
    /** Calls the routine in a step of its own. */
    call(step: string, args: { [K in keyof P]: Value<P[K]> }): CallStep<R>;
    /** Calls the routine inside an expression. It must not contain blocking calls. */
    apply(args: { [K in keyof P]: Value<P[K]> }): Expr<R>;
}

/**
 * Declares a subworkflow. `P` has the types of its arguments; `steps` gets them as variables.
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
