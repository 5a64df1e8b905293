import { filled, isOfThisPackage, policyCarrier } from "../../access";
import type { GrantRef } from "../spec";

/** A resource as the state of a stack keeps it. */
export interface StateResource {
    type?: string;
    urn?: string;
    /** Whether it was replaced and waits to be deleted. */
    delete?: boolean;
    inputs?: Record<string, unknown>;
    outputs?: Record<string, unknown>;
}

/**
 * The grants that the components of this package made in a stack. A check of the whole stack knows by them who was declared,
 * also by components without a check, and by `grantInvoke`.
 */
export function grantsOfState(resources: readonly StateResource[]): GrantRef[] {
    return resources.flatMap(({ type = "", urn = "", outputs = {}, delete: replaced = false }) => {
        const carrier = type.includes("Member:") ? policyCarrier(type) : undefined;
        if (carrier === undefined || replaced || !isOfThisPackage(urn)) {
            return [];
        }
        const text = (name: string) => (typeof outputs[name] === "string" ? outputs[name] : undefined);
        // Some outputs of the provider are full names.
        const resource = filled(carrier, (name) => text(name)?.split("/").at(-1));
        return resource === undefined
            ? []
            : [{ member: text("member") ?? "", role: text("role") ?? "", resource, label: "" }];
    });
}
