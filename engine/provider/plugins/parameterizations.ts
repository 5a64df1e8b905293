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

/** The part of a state that tells its packages. */
interface Snapshot {
    readonly resources: ReadonlyMap<string, ResourceState>;
}

/** The parameterized packages of a stack: those that a program has registered, and those that the state names. */
export class Parameterizations {
    private readonly registered = new Map<string, Parameterization>();
    private found: { snapshot: Snapshot; packages: Map<string, Parameterization> } | undefined;

    /** @param snapshot - the state as it is when it is asked */
    constructor(private readonly snapshot: () => Snapshot) {}

    set(pkg: string, parameterization: Parameterization): void {
        this.registered.set(pkg, parameterization);
    }

    of(pkg: string): Parameterization | undefined {
        return this.registered.get(pkg) ?? this.inState().get(pkg);
    }

    /**
     * Those of the state. It is asked for each resource, so it is read once: what a run adds to the state has been registered.
     */
    private inState(): Map<string, Parameterization> {
        const snapshot = this.snapshot();
        if (this.found?.snapshot !== snapshot) {
            this.found = { snapshot, packages: packagesIn(snapshot) };
        }
        return this.found.packages;
    }
}

const PROVIDER = "pulumi:providers:";

function packagesIn({ resources }: Snapshot): Map<string, Parameterization> {
    const packages = new Map<string, Parameterization>();
    for (const { type, inputs } of resources.values()) {
        const found = type.startsWith(PROVIDER) ? fromInputs(inputs["__internal"]) : undefined;
        if (found !== undefined) {
            packages.set(type.slice(PROVIDER.length), found);
        }
    }
    return packages;
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
