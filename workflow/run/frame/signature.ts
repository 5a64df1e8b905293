import { type Args, failure, isMapValue, type RuntimeMap, type RuntimeValue } from "../values";
import type { Frame } from "./frame";

/** A function of the standard library, a subworkflow or a connector, as a call sees it. */
export interface Callee {
    name: string;
    /** Parameter names in order; a `?` at the end marks one that may be left out. Absent: any names. */
    params?: readonly string[];
    /** The types of the parameters, if it checks them. */
    types?: readonly string[];
    /** Whether it accepts other names too, and gets all arguments as one map (connectors). */
    open?: boolean;
    /** Whether it waits for something outside of the run. Such library functions may not be used in an expression. */
    blocking?: boolean;
    /** Whether it only reads its arguments, and neither keeps nor returns them or parts of them. */
    borrows?: boolean;
    run(args: Args, frame: Frame): RuntimeValue | Promise<RuntimeValue>;
}

/**
 * Puts named arguments in order.
 * @throws WorkflowError `TypeError` if a name is unknown or a required argument is missing
 */
export function bindNamed(callee: Callee, named: RuntimeMap): Args {
    const { params } = callee;
    if (params === undefined) {
        return [named];
    }
    const names = params.map((param) => param.replace("?", ""));
    const unknown = [...named.keys()].find((key) => !names.includes(key));
    if (unknown !== undefined && callee.open !== true) {
        throw failure(
            "TypeError",
            `${callee.name} has no parameter "${unknown}"; it takes ${names.join(", ") || "none"}`,
        );
    }
    const args = checked(
        callee,
        names.map((name) => named.get(name)),
    );
    return callee.open === true ? [named] : args;
}

/** @throws WorkflowError `TypeError` if there are too many arguments or a required one is missing */
export function bindPositional(callee: Callee, values: RuntimeValue[]): Args {
    const { params } = callee;
    if (params === undefined || callee.open === true) {
        const [first] = values;
        return [isMapValue(first) ? first : new Map()];
    }
    if (values.length > params.length) {
        throw failure("TypeError", `${callee.name} takes at most ${params.length} arguments, got ${values.length}`);
    }
    return checked(
        callee,
        params.map((_, index) => values[index]),
    );
}

function checked(callee: Callee, args: Args): Args {
    callee.params?.forEach((param, index) => {
        if (args[index] === undefined && !param.endsWith("?")) {
            throw failure("TypeError", `${callee.name} needs the argument "${param}"`);
        }
    });
    return args;
}
