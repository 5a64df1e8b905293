/**
 * A data-flow analysis over the control-flow graph of `control/`, which runs take too: what can each value be?
 *
 * - `domain` is the lattice: a value is a set of texts, numbers, maps and lists with holes in them; `unknown` is its top.
 *   `join` finds the least upper bound of two values, and bounds their size.
 * - `analysis` visits the nodes of a worklist, in reverse postorder, and computes for each what its variables are after
 *   it (`evaluate`, with `library` and `maps` as transfer functions and `constant-folding` for what is fully known).
 * - `propagation` joins that into the nodes that can follow, also in the middle of a `try` or of another branch, and puts
 *   those whose state changed on the worklist. A variable that continues to change is widened to the top, so that the analysis ends.
 * - Calls are context-insensitive: a routine has one state, joined over all its calls (`routine-state`).
 * - `resolve` gives each call what the fixpoint says of its arguments; `explain` goes back from there to say why.
 */
export { argument, type Given, givenFor } from "./argument";
export { connectorHost, isHttpCall } from "./connectors";
export {
    absent,
    type Abstract,
    compareOrigins,
    keyOfAll,
    literalOf,
    none,
    type Origin,
    originsOf,
    type Part,
    partsOf,
    singleLiteral,
    TEMPLATE_CHARACTER,
    text,
    unknown,
    type Values,
    worst,
} from "./domain";
export { folded, isPure } from "./constant-folding";
export { concat } from "./join";
export { type ResolvedCall, resolveCalls } from "./resolve";
