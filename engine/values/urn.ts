/** The type at the end of a URN's qualified type. */
export function typeOf(urn: string): string {
    const qualified = urn.split("::")[2] ?? "";
    return qualified.slice(qualified.lastIndexOf("$") + 1);
}

/** The name at the end of a URN. */
export function nameOf(urn: string): string {
    return urn.split("::").slice(3).join("::");
}

/** The type of the stack itself, which is the root of all resources. */
export const STACK_TYPE = "pulumi:pulumi:Stack";

/** The type of a resource that only keeps a value in the state. */
export const STASH_TYPE = "pulumi:index:Stash";

/**
 * A resource's URN: `urn:pulumi:STACK::PROJECT::PARENT$TYPE::NAME`. The type of a parent is left out if
 * the parent is the stack.
 * https://www.pulumi.com/docs/iac/concepts/resources/names/#urns
 */
export function makeUrn(stack: string, project: string, parent: string, type: string, name: string): string {
    const parentType = parent === "" ? "" : (parent.split("::")[2] ?? "");
    const qualified = parentType !== "" && parentType !== STACK_TYPE ? `${parentType}$${type}` : type;
    return `urn:pulumi:${stack}::${project}::${qualified}::${name}`;
}

/** The package of a type: `gcp` of `gcp:cloudrunv2/service:Service`. */
export function packageOf(type: string): string {
    const [pkg = "", kind, ...rest] = type.split(":");
    return pkg === "pulumi" && kind === "providers" ? rest.join(":") : pkg;
}

/** The URN in a reference to a provider, which is written `URN::ID`. */
export function providerUrnOf(reference: string): string {
    return reference.slice(0, reference.lastIndexOf("::"));
}
