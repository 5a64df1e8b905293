/** The role and the project that `projectOwner:p`, `projectEditor:p` or `projectViewer:p` stands for; undefined for other members. */
export function basicRoleOf(member: string): { role: string; project: string } | undefined {
    const [, word = "", project = ""] = /^project(Owner|Editor|Viewer):(.+)$/.exec(member) ?? [];
    return word === "" ? undefined : { role: `roles/${word.toLowerCase()}`, project };
}
