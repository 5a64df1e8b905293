import { BuildError } from "./errors";
import { type AnyExpr, Expr, variable } from "./expression";

/** A variable of a workflow: a parameter, a variable that `assign` sets, or the item of a loop. */
export class Variable<T> extends Expr<T> {
    /** @internal */
    constructor(readonly name: string) {
        super(name, variable(name).binds, new Set([name]));
        if (!/^[A-Za-z_]\w*$/.test(name)) {
            throw new BuildError(`the variable "${name}" has a name that Workflows does not take`, {
                fix: "use letters, digits and _",
            });
        }
    }
}

/** A variable of any type. */
export interface AnyVariable extends AnyExpr {
    readonly name: string;
}

/** A variable with this name. It is an argument of the workflow if `params` has it. */
export function variableOf<T = unknown>(name: string): Variable<T> {
    return new Variable<T>(name);
}
