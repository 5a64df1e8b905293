import { audienceAdvice } from "./audience";
import { authAdvice, credentialAdvice } from "./credential";
import { headerAdvice } from "./header";
import { hostAdvice } from "./host";
import type { RuleId } from "../rules";
import type { Said } from "./said";
import { sourceAdvice } from "./source";

/** Every message of the audit, by its cause: the rule, and the reason for its finding. */
const table = {
    ...credentialAdvice,
    ...authAdvice,
    ...headerAdvice,
    ...hostAdvice,
    ...audienceAdvice,
    ...sourceAdvice,
} satisfies Record<`${RuleId}/${string}`, (...facts: never[]) => Said>;

export type Cause = keyof typeof table;

/** The facts in the message of a cause. */
export type Facts<C extends Cause> = Parameters<(typeof table)[C]>;

export const causes = Object.keys(table) as Cause[];

/** The message of a cause: what is wrong, and what to change for exactly this cause. */
export function said<C extends Cause>(cause: C, ...facts: Facts<C>): Said {
    const say = table[cause] as (...facts: Facts<C>) => Said;
    return say(...facts);
}

export function ruleOf(cause: Cause): RuleId {
    return cause.slice(0, cause.indexOf("/")) as RuleId;
}
