import { randomBytes } from "node:crypto";

import type { Properties } from "../values";

/** How the automatic names of a type are made: `name-1a2b3c4`, as Pulumi's bridge to Terraform makes them. */
export interface AutoName {
    /** The property that holds the name. */
    property: string;
    /** The most characters that a name may have. */
    maximum: number;
}

/** The automatic name of the old resource, or a new one: the Pulumi name and seven random hexadecimal digits. */
export function automaticName(name: string, olds: Properties, { property, maximum }: AutoName): string {
    const old = olds[property];
    const noted = Array.isArray(olds["__defaults"]) && olds["__defaults"].includes(property);
    if (noted && typeof old === "string") {
        return old;
    }
    const suffix = randomBytes(4).toString("hex").slice(0, 7);
    return `${name.toLowerCase().slice(0, maximum - 8)}-${suffix}`;
}
