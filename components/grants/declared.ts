import type { GrantRef } from "../../smoke";
import { memoizedPerProgram } from "../base";

/** The grants that a program makes. A check takes their members for declared callers. */
export interface DeclaredGrants {
    grants: GrantRef[];
    /** How many grants are not deployed yet, so that their members are not known. */
    pending: number;
    /** The program may still make callers. */
    incomplete: true;
    /** The IDs that the component of the check had under other names. */
    formerly?: string[];
}

/** The grants that the program has made until now, as far as they are known. */
export const declaredGrants = memoizedPerProgram((): DeclaredGrants => ({ grants: [], pending: 0, incomplete: true }));
