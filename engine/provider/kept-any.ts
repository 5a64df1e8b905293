import { createHash } from "node:crypto";

import { differences, type Properties } from "../values";
import { withoutNotes } from "./check";
import { keepsByRule, type ResourceRules } from "./resource-rules";
import type { Provider } from "./types";

/**
 * Keeps resources of packages that the engine does not know, if a rule says so. There is no schema: all inputs are taken,
 * every change is an update, and the outputs are the inputs.
 */
export function keptAnyProvider(rules: ResourceRules): Provider {
    const shown = (inputs: Properties): Properties => withoutNotes(inputs) as Properties;
    return {
        knows: (type) => keepsByRule(rules, type),
        keeps: () => true,
        check: (_, __, news) => ({ inputs: news, failures: [] }),
        diff: (_, old, news) =>
            Promise.resolve({ detailed: differences(old.inputs, news), deleteBeforeReplace: false }),
        create: ({ name, urn }, inputs, preview) => {
            const id = `${name}-${createHash("sha256").update(urn).digest("hex").slice(0, 12)}`;
            return Promise.resolve({ ...(!preview && { id }), outputs: shown(inputs) });
        },
        update: (_, __, news) => Promise.resolve(shown(news)),
        read: (_, id, known, wanted = {}) => {
            const { inputs, outputs } = known ?? { inputs: wanted, outputs: shown(wanted) };
            return Promise.resolve({ id, inputs, outputs });
        },
        delete: () => Promise.resolve(),
    };
}
