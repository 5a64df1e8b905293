import { type Properties, UNKNOWN, type Value } from "../../values";
import type { Http } from "../http";
import { type InputRules, withLocation } from "../inputs";
import type { Kept, ProviderResource } from "../resource";
import type { ResourceSchema } from "../schema";
import type { IsHeld, Subject } from "../types";
import { ProviderError } from "../../errors";
import { canonicalMember } from "../equivalence";
import type { Binding } from "./bindings";
import { PolicyAccess } from "./policy-access";
import { type IamTarget, readsConditions } from "./targets";

/** What the resource types that change the IAM policy of a resource have in common. */
export abstract class Grant implements ProviderResource {
    readonly rules: InputRules;
    /**
     * A grant has no name that two could not share. So its replacement comes first, and what is then deleted is compared with
     * all that other resources grant, also those that come later in the program. The provider deletes some types first.
     */
    readonly nameProperty = undefined;
    readonly deleteBeforeReplace = false;
    readonly readById = false;
    protected readonly access: PolicyAccess;

    constructor(
        readonly token: string,
        target: IamTarget,
        readonly schema: ResourceSchema,
        http: Http,
    ) {
        // The provider reads some kinds of policies without asking for conditions, and gets changed role names instead of
        // them. A grant with a condition would then break the policy.
        this.rules = { unsupported: readsConditions(target) ? [] : ["condition"] };
        this.access = new PolicyAccess(target, http);
    }

    plan(_: Subject, inputs: Properties): Properties {
        const { project, condition } = this.schema.inputs;
        return {
            ...inputs,
            ...(condition !== undefined && { condition: inputs["condition"] ?? null }),
            ...(project !== undefined && { project: inputs["project"] ?? UNKNOWN }),
            etag: UNKNOWN,
            id: UNKNOWN,
        };
    }

    abstract identify(subject: Subject, inputs: Properties): string;
    abstract create(subject: Subject, inputs: Properties): Promise<{ id: string; outputs: Properties }>;
    abstract update(subject: Subject, id: string, inputs: Properties, old: Kept): Promise<Properties>;
    abstract read(subject: Subject, id: string, inputs: Properties): Promise<Properties | undefined>;
    abstract delete(subject: Subject, id: string, old: Kept, isHeld: IsHeld): Promise<void>;
    /** The bindings that the inputs describe. */
    protected abstract bindings(inputs: Properties): Binding[];

    sharedKeys(subject: Subject, inputs: Properties): string[] {
        const filled = this.filled(subject, inputs);
        return this.bindings(filled).flatMap((binding) =>
            binding.members.map((member) => this.keyOf(filled, binding, member)),
        );
    }

    /**
     * An id of a grant that is imported is the resource, the role and the member, as far as the type has them, with spaces
     * between them. https://www.pulumi.com/registry/packages/gcp/api-docs/pubsub/topiciammember/#import
     */
    imported(subject: Subject, id: string, given: Properties): Properties {
        const { inputs } = this.schema;
        const keys = ["role", "member"].filter((key) => key in inputs);
        const [resource = "", ...parts] = id.split(" ");
        const hasTitle = keys.length > 0 && "condition" in inputs;
        if (parts.length < keys.length || (parts.length > keys.length && !hasTitle)) {
            throw new ProviderError(`"${id}" is no id of ${this.token}`, {
                fix: `write RESOURCE${keys.map((key) => ` ${key.toUpperCase()}`).join("")}`,
            });
        }
        const path = this.access.path(this.filled(subject, given));
        // The provider takes the whole name, or its values alone, from any of them on.
        const values = path.split("/").filter((_, index) => index % 2 === 1);
        if (![path, values.join("/")].some((name) => `/${name}`.endsWith(`/${resource}`))) {
            throw new ProviderError(`the id "${id}" names ${resource}, and the program ${path}`, {
                fix: "name the same resource in both",
            });
        }
        return { ...given, ...Object.fromEntries(keys.map((key, index) => [key, parts[index] ?? ""])) };
    }

    /** One role of one member, as every type names it that grants it. */
    private keyOf(filled: Properties, { role, condition = {} }: Binding, member: string): string {
        const when = [condition["title"], condition["description"], condition["expression"]];
        return JSON.stringify([this.access.resource(filled), role, canonicalMember(member), when]);
    }

    /** Bindings with those members alone that other resources of the stack grant too. */
    protected heldOf(bindings: Binding[], filled: Properties, isHeld: IsHeld): Binding[] {
        return bindings
            .map((each) => ({
                ...each,
                members: each.members.filter((member) => isHeld(this.keyOf(filled, each, member))),
            }))
            .filter(({ members }) => members.length > 0);
    }

    protected outputs(subject: Subject, inputs: Properties, policy: Properties): Properties {
        const filled = this.filled(subject, inputs);
        const names = Object.keys(this.schema.inputs).map((key): [string, Value] => [key, filled[key] ?? null]);
        return {
            ...Object.fromEntries(names),
            ...this.access.named(filled),
            etag: policy["etag"] ?? "",
            id: this.identify(subject, inputs),
        };
    }

    protected filled(subject: Subject, inputs: Properties): Properties {
        // A name without a project, of a type without an input for it, is in the project of the stack.
        return {
            "gcp:project": subject.config["project"] ?? null,
            ...withLocation(inputs, this.schema, subject.config),
        };
    }
}
