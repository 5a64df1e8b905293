import { filled } from "../access";
import { at, type StackSubject, textAt } from "./rule";

const ACCOUNT = "gcp:serviceaccount/account:Account";
const PROJECT = "gcp:organizations/project:Project";
export const CUSTOM_ROLE = /^gcp:(projects|organizations)\/iAMCustomRole:/;

/**
 * Finds out what the resources of a stack are called in REST URLs and bindings. What a preview does not know yet is named after
 * the one resource that it comes from, with `~` before it, so that it has one name wherever it is used.
 */
export class StackNames {
    private readonly ids: ReadonlyMap<string, string>;
    /** The project of everything, if the stack has no more than one. */
    private readonly project: string | undefined;

    constructor(stack: readonly StackSubject[]) {
        this.ids = new Map(
            stack
                .filter(({ type }) => type === PROJECT)
                .flatMap(({ props }) => {
                    const [number, id] = [textAt(props, "number"), textAt(props, "projectId")];
                    return number === undefined || id === undefined ? [] : [[number, id] as const];
                }),
        );
        const projects = new Set(stack.flatMap(({ props }) => this.idOf(textAt(props, "project")) ?? []));
        this.project = projects.size > 1 ? undefined : ([...projects][0] ?? "~");
    }

    /** The REST URL of a resource itself. Undefined if it is not known in which project it is. */
    urlOf(subject: StackSubject, template: string): string | undefined {
        return filled(template, (field) => (field === "name" ? referenceName(subject) : this.fieldOf(subject, field)));
    }

    /** The REST URL of what a resource changes the policy of. Undefined if it is not known what that is. */
    carrierOf(subject: StackSubject, template: string): string | undefined {
        return filled(template, (field) => this.fieldOf(subject, field));
    }

    /** The ID of a project. Undefined for a number that no resource of the stack explains, because it can be any ID. */
    idOf(project: string | undefined): string | undefined {
        const id = project?.split("/").at(-1);
        return id !== undefined && /^\d+$/.test(id) ? this.ids.get(id) : id;
    }

    private fieldOf(subject: StackSubject, field: string): string | undefined {
        const own = at(subject.props, field);
        if (field === "project") {
            return typeof own === "string" && own !== "" ? this.idOf(own) : this.project;
        }
        return nameAt(subject, field);
    }
}

/** What a property names: its value, or the one resource that the value will come from. */
export function nameAt(subject: StackSubject, field: string): string | undefined {
    const known = textAt(subject.props, field);
    if (known !== undefined && known !== "") {
        return field === "role" ? known : known.split("/").at(-1);
    }
    const sources = new Set((subject.propertyDependencies?.[field] ?? []).map(referenceName));
    return sources.size === 1 ? [...sources][0] : undefined;
}

/** What a resource is called in other resources: the email address of an account, the whole name of a custom role. */
export function referenceName({ type, props, name }: StackSubject): string {
    const text = (field: string) => textAt(props, field);
    if (type === ACCOUNT) {
        const [email, id, project] = [text("email"), text("accountId"), text("project")];
        const made = id !== undefined && project !== undefined ? `${id}@${project}.iam.gserviceaccount.com` : undefined;
        return (email ?? made ?? `~${name}@unknown.iam.gserviceaccount.com`).toLowerCase();
    }
    if (CUSTOM_ROLE.test(type)) {
        const id = text("roleId");
        const [kind, owner] = type.startsWith("gcp:projects/")
            ? ["projects", text("project")]
            : ["organizations", text("orgId")];
        const made = id !== undefined && owner !== undefined ? `${kind}/${owner}/roles/${id}` : undefined;
        return text("name") ?? made ?? `~${name}`;
    }
    return text("name")?.split("/").at(-1) ?? `~${name}`;
}
