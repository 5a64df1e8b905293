/** What a stack does with resource types that the sandbox does not enforce. */
export interface ResourceRules {
    /** Whether types are refused that would only be kept. @default false */
    strict?: boolean;
    /** Whether the installed plugin of Google's provider makes its resources, in place of the engine. @default false */
    plugin?: boolean;
    /**
     * Types that are kept whatever they are, with `*` for any text: `docker:*`, `gcp:projects/organizationPolicy:OrganizationPolicy`. Those of
     * packages that the engine does not know are then kept without a schema. @default - none
     */
    keep?: readonly string[];
    /** Regions that are newer than this version. @default - none */
    regions?: readonly string[];
    /** Runtimes of functions that are newer than this version. @default - none */
    runtimes?: readonly string[];
}

/** Whether a type is among those that are kept whatever they are. */
export function keepsByRule({ keep = [] }: ResourceRules, type: string): boolean {
    return keep.some((pattern) => new RegExp(`^${pattern.split("*").map(escaped).join(".*")}$`).test(type));
}

const escaped = (text: string): string => text.replace(/[.+?^${}()|[\]\\]/g, "\\$&");
