import { isKind, KINDS, mapMembers, type Properties, SIGNATURE, UNKNOWN, type Value } from "../values";
import type { ResourceState } from "./state";

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
