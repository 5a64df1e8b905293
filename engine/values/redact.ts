import type { ConfigValue } from "../project/types";
import { CREDENTIALS } from "../provider/builtin";
import type { ResourceState } from "../state/state";
import { isKind, KINDS, mapMembers, SIGNATURE, UNKNOWN, type Properties, type Value } from "./values";

/** A state that may be shown: in place of every secret stands a mark that there is one, as Pulumi's engine tells it. */
export function blind(state: ResourceState): ResourceState {
    // A component of an imported state has none.
    const { inputs = {}, outputs = {} } = state as Partial<ResourceState>;
    return {
        ...state,
        inputs: mapMembers(inputs, blindValue) as Properties,
        outputs: mapMembers(outputs, blindValue) as Properties,
        ...(state.replacementTrigger !== undefined && { replacementTrigger: blindValue(state.replacementTrigger) }),
    };
}

function blindValue(value: Value): Value {
    const isOutput = isKind(value, "output");
    if (isKind(value, "secret") || (isOutput && value["secret"] === true)) {
        return { [SIGNATURE]: KINDS.secret, ciphertext: "[secret]" };
    }
    if (isOutput) {
        return "value" in value ? blindValue(value["value"] ?? null) : UNKNOWN;
    }
    return value !== null && typeof value === "object" ? mapMembers(value, blindValue) : value;
}

/** What is wanted of a resource, before it is known what comes of it. */
export function wanted(state: ResourceState): ResourceState {
    const { id, ...others } = state;
    return id === undefined ? { ...state, outputs: {} } : { ...others, outputs: {} };
}

/** A configuration that may be shown. */
export function blindConfig(config: Record<string, ConfigValue>): Record<string, string> {
    return Object.fromEntries(
        Object.entries(config).map(([key, { value, secret }]) => [
            key,
            secret === true || CREDENTIALS.includes(key.slice(key.lastIndexOf(":") + 1)) ? "[secret]" : value,
        ]),
    );
}
