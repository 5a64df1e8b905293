import * as pulumi from "@pulumi/pulumi";

/**
 * The resource of Google's whose output a value is, where it is one resource's and this program made or read it: what comes
 * from a program in another language tells no name, and a reference to a stack has the names of many.
 */
export function ownerOf(value: unknown): pulumi.Resource | undefined {
    if (!pulumi.Output.isInstance(value)) {
        return undefined;
    }
    const [owner, ...others] = (value as unknown as { resources: () => Set<pulumi.Resource> }).resources();
    if (owner === undefined || others.length > 0 || pulumi.resourceName(owner) === "") {
        return undefined;
    }
    return pulumi.resourceType(owner).startsWith("gcp:") ? owner : undefined;
}

/** What the SDK keeps of a resource and tells nobody. */
interface Internals {
    __aliases?: pulumi.Input<string>[];
    __parentResource?: pulumi.Resource;
}

/** The names that a resource had before, by its aliases and its parents': what is named after it was named after those. */
export function formerNames(resource: pulumi.Resource): pulumi.Output<string>[] {
    const { __aliases: aliases = [], __parentResource: parent } = resource as unknown as Internals;
    const own = aliases.map((alias) => pulumi.output(alias).apply((urn) => urn.slice(urn.lastIndexOf("::") + 2)));
    const name = pulumi.resourceName(resource);
    if (parent === undefined || !name.startsWith(pulumi.resourceName(parent))) {
        return own;
    }
    const rest = name.slice(pulumi.resourceName(parent).length);
    return [...own, ...formerNames(parent).map((before) => pulumi.interpolate`${before}${rest}`)];
}

/**
 * The names of what is made for each member of a list, which stay when the list is put in another order or loses one: after
 * the member, and after its place in the list only where the program does not tell who it is.
 */
export function memberNames(name: string, members: pulumi.Input<string>[]): string[] {
    const names = members.map((member, index) => {
        const owner = ownerOf(member);
        const who = typeof member === "string" ? member : owner && pulumi.resourceName(owner);
        if (who !== undefined) {
            return `${name}-${who}`;
        }
        return index === 0 ? name : `${name}-${index + 1}`;
    });
    return names.map((one, index) => (names.indexOf(one) === index ? one : `${one}-${index + 1}`));
}
