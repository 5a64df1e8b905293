import { randomBytes } from "node:crypto";

import type { Properties } from "../values";

/** How a type's automatic name is made: `name-1a2b3c4`, as the bridge makes it. */
export interface AutoName {
    /** The property that the name goes into. */
    property: string;
    maximum: number;
}

/** The name that an old resource has, or a new one: the resource's own and seven random hexadecimal digits. */
export function automaticName(name: string, olds: Properties, { property, maximum }: AutoName): string {
    const old = olds[property];
    const noted = Array.isArray(olds["__defaults"]) && olds["__defaults"].includes(property);
    if (noted && typeof old === "string") {
        return old;
    }
    const suffix = randomBytes(4).toString("hex").slice(0, 7);
    return `${name.toLowerCase().slice(0, maximum - 8)}-${suffix}`;
}
