import { BuildError } from "./errors";
import { type AnyExpr, Expr, variable } from "./expression";

/** A variable of a workflow: a parameter, what `assign` sets, a loop's item. */
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

/** A variable, whatever it holds. */
export interface AnyVariable extends AnyExpr {
    readonly name: string;
}

/** A variable of that name. An argument of the workflow where it stands in `params`. */
export function variableOf<T = unknown>(name: string): Variable<T> {
    return new Variable<T>(name);
}
