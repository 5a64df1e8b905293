import { defined } from "../../common";
import { isKind, KINDS, mapMembers, type Properties, SIGNATURE, UNKNOWN, type Value } from "../values";
import type { ResourceState } from "./state";

/** A state that may be shown. Every secret is replaced by a mark, as Pulumi's engine does in its events. */
export function redactState(state: ResourceState): ResourceState {
    // A component of an imported state may have no properties.
    const { inputs = {}, outputs = {}, replacementTrigger: trigger } = state as Partial<ResourceState>;
    return {
        ...state,
        inputs: mapMembers(inputs, redactValue) as Properties,
        outputs: mapMembers(outputs, redactValue) as Properties,
        ...defined({ replacementTrigger: trigger === undefined ? undefined : redactValue(trigger) }),
    };
}

function redactValue(value: Value): Value {
    const isOutput = isKind(value, "output");
    if (isKind(value, "secret") || (isOutput && value["secret"] === true)) {
        return { [SIGNATURE]: KINDS.secret, ciphertext: "[secret]" };
    }
    if (isOutput) {
        return "value" in value ? redactValue(value["value"] ?? null) : UNKNOWN;
    }
    return value !== null && typeof value === "object" ? mapMembers(value, redactValue) : value;
}
