/** What people call a member: `fulfil-2e51951` for an account of the project, `owner@example.com`, `anonymous`. */
export function shortMember(member: string): string {
    return member.replace(/^(user|serviceAccount|group):/, "").replace(/@[^@]*\.gserviceaccount\.com$/, "");
}

/** What people call a resource: `service orders-ada5d3b` for `//run.googleapis.com/projects/…/services/orders-ada5d3b`. */
export function shortResource(resource: string): string {
    const [kind = "", name = ""] = resource
        .replace(/^\/\/[^/]+\//, "")
        .split("/")
        .slice(-2);
    return name === "" ? kind : `${kind.replace(/s$/, "")} ${shortMember(name)}`;
}
