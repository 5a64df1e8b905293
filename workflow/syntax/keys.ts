/** What a step can do, by the key that says so. */
export const ACTIONS = ["call", "assign", "switch", "for", "parallel", "try", "raise", "return", "steps"] as const;
export type ActionKey = (typeof ACTIONS)[number];
/** Keys that belong to one action. */
export const COMPANIONS: Readonly<Record<string, ActionKey>> = {
    args: "call",
    result: "call",
    retry: "try",
    except: "try",
};
