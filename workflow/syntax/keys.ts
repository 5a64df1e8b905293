/** The keys that say what a step does. */
export const ACTIONS = ["call", "assign", "switch", "for", "parallel", "try", "raise", "return", "steps"] as const;
export type ActionKey = (typeof ACTIONS)[number];
/** Keys that are allowed beside one action only. */
export const COMPANIONS: Readonly<Record<string, ActionKey>> = {
    args: "call",
    result: "call",
    retry: "try",
    except: "try",
};
