import * as pulumi from "@pulumi/pulumi";

/**
 * The resource of the provider that a value is an output of; undefined if the value depends on no such resource or on
 * several. An output from a program in another language has no resource with a name, and a stack reference's has many.
 */
export function ownerOf(value: unknown): pulumi.Resource | undefined {
    if (!pulumi.Output.isInstance(value)) {
        return undefined;
    }
    const [owner, ...more] = (value as unknown as { resources: () => Set<pulumi.Resource> }).resources();
    if (owner === undefined || more.length > 0 || programName(owner) === undefined) {
        return undefined;
    }
    return pulumi.resourceType(owner).startsWith("gcp:") ? owner : undefined;
}

/**
 * The name that the program gave a resource; undefined for a resource of a program in another language, of which only the URN
 * is known. `pulumi.resourceName` throws for those.
 */
function programName(resource: pulumi.Resource): string | undefined {
    const { __name: name } = resource as unknown as { __name?: string };
    return name === "" ? undefined : name;
}

/** What the SDK keeps about a resource without offering it in its types. */
interface Internals {
    __aliases?: pulumi.Input<string>[];
    __parentResource?: pulumi.Resource;
}

/**
 * The names that a resource had before, as its aliases and those of its parents tell. What is named after the resource now
 * was named after them then.
 */
export function formerNames(resource: pulumi.Resource): pulumi.Output<string>[] {
    const { __aliases: aliases = [], __parentResource: parent } = resource as unknown as Internals;
    const own = aliases.map((alias) => pulumi.output(alias).apply((urn) => urn.slice(urn.lastIndexOf("::") + 2)));
    const name = pulumi.resourceName(resource);
    const before = parent && programName(parent);
    if (parent === undefined || before === undefined || !name.startsWith(before)) {
        return own;
    }
    const rest = name.slice(before.length);
    return [...own, ...formerNames(parent).map((former) => pulumi.interpolate`${former}${rest}`)];
}

/** The URNs that a resource had before, as its own aliases tell. */
export const formerUrns = (resource: pulumi.Resource): pulumi.Input<string>[] =>
    (resource as unknown as Internals).__aliases ?? [];

/**
 * Names for the resources that are made for each member of a list. They are named after the member, so that they stay the
 * same when the list changes. If the program does not tell who the member is, they are named after its place in the list.
 */
export function memberNames(name: string, members: pulumi.Input<string>[]): string[] {
    const names = members.map((member, index) => {
        const owner = ownerOf(member);
        const known = typeof member === "string" ? member : owner && programName(owner);
        if (known !== undefined) {
            return `${name}-${known}`;
        }
        return index === 0 ? name : `${name}-${index + 1}`;
    });
    return names.map((each, index) => (names.indexOf(each) === index ? each : `${each}-${index + 1}`));
}
