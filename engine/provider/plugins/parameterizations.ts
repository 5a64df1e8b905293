import type { ResourceState } from "../../state";
import { isObject, type Value } from "../../values";

/**
 * A package that the plugin of another one serves once it is told a value, as the bridge to providers of Terraform does.
 * https://www.pulumi.com/docs/iac/guides/building-extending/providers/implementers/parameterized-providers/
 */
export interface Parameterization {
    /** The package whose plugin it is, such as `terraform-provider`. */
    base: string;
    version: string;
    /** What the plugin is told, in base64. */
    value: string;
}

/** The parameterized packages of a stack: those that a program has registered, and those that the state names. */
export class Parameterizations {
    private readonly registered = new Map<string, Parameterization>();

    /** @param resources - the resources of the state as it is when it is asked */
    constructor(private readonly resources: () => Iterable<ResourceState>) {}

    set(pkg: string, parameterization: Parameterization): void {
        this.registered.set(pkg, parameterization);
    }

    of(pkg: string): Parameterization | undefined {
        return this.registered.get(pkg) ?? this.fromState(pkg);
    }

    private fromState(pkg: string): Parameterization | undefined {
        for (const { type, inputs } of this.resources()) {
            const found = type === `pulumi:providers:${pkg}` ? fromInputs(inputs["__internal"]) : undefined;
            if (found !== undefined) {
                return found;
            }
        }
        return undefined;
    }
}

/** What a provider's state keeps of it, as Pulumi does. */
export function parameterizationInputs({ base, version, value }: Parameterization): { [key: string]: Value } {
    return { name: base, parameterization: { version, value } };
}

function fromInputs(internal: Value | undefined): Parameterization | undefined {
    if (!isObject(internal) || !isObject(internal["parameterization"])) {
        return undefined;
    }
    const { name: base } = internal;
    const { version, value } = internal["parameterization"];
    return typeof base === "string" && typeof version === "string" && typeof value === "string"
        ? { base, version, value }
        : undefined;
}
