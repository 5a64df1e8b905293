import { defined } from "../../common";
import { setTimeout as sleep } from "node:timers/promises";

import { asText, isObject, type Properties, UNKNOWN, type Value } from "../values";
import { canonicalMember } from "./equivalence";
import { CloudError, type Http } from "./http";
import { COLON, type IamMemberType, readsConditions } from "./iam-member-types";
import { fillPath, type InputRules, withLocation } from "./inputs";
import type { Kept, ProviderResource } from "./resource";
import type { ResourceSchema } from "./schema";
import type { Subject } from "./types";

interface Binding {
    role: string;
    members: string[];
    condition?: Properties;
}

/** The role of one member on one resource. It cannot be changed, so that every difference replaces it. */
export class IamMember implements ProviderResource {
    readonly token: string;
    readonly rules: InputRules;
    /** Two equal grants cannot exist: a grant has no name of its own. */
    readonly nameProperty = "member";
    readonly deleteBeforeReplace = false;
    readonly readById = false;

    constructor(
        private readonly type: IamMemberType,
        readonly schema: ResourceSchema,
        private readonly http: Http,
    ) {
        this.token = type.token;
        // The provider reads some kinds of policies without asking for conditions, and gets changed role names instead of
        // them. A grant with a condition would then break the policy.
        this.rules = { unsupported: readsConditions(type) ? [] : ["condition"] };
    }

    plan(_: Subject, inputs: Properties): Properties {
        const { project } = this.schema.inputs;
        return {
            ...inputs,
            condition: inputs["condition"] ?? null,
            ...(project !== undefined && { project: inputs["project"] ?? UNKNOWN }),
            etag: UNKNOWN,
            id: UNKNOWN,
        };
    }

    identify(subject: Subject, inputs: Properties): string {
        const filled = this.filled(subject, inputs);
        const prefix = this.type.idPrefix === undefined ? this.path(filled) : fillPath(this.type.idPrefix, filled);
        const title = isObject(inputs["condition"]) ? `/${asText(inputs["condition"]["title"])}` : "";
        return `${prefix}/${asText(inputs["role"])}/${asText(inputs["member"])}${title}`;
    }

    sharedKey(subject: Subject, inputs: Properties): string {
        const filled = this.filled(subject, inputs);
        const { role, members, condition = {} } = bindingOf(filled);
        const when = [condition["title"], condition["description"], condition["expression"]];
        return JSON.stringify([this.path(filled), role, members.map(canonicalMember), when]);
    }

    async create(subject: Subject, inputs: Properties): Promise<{ id: string; outputs: Properties }> {
        const filled = this.filled(subject, inputs);
        const policy = await this.change("granting", filled, (bindings, mine) => {
            const binding = bindings.find((b) => isSame(b, mine));
            if (binding === undefined) {
                return [...bindings, mine];
            }
            const there = without(binding.members, mine).length < binding.members.length;
            return there
                ? bindings
                : bindings.map((b) => (b === binding ? { ...b, members: [...b.members, ...mine.members] } : b));
        });
        return { id: this.identify(subject, inputs), outputs: this.outputs(subject, inputs, policy) };
    }

    update(_: Subject, _id: string, _inputs: Properties, old: Kept): Promise<Properties> {
        return Promise.resolve(old.outputs);
    }

    async read(subject: Subject, _: string, inputs: Properties): Promise<Properties | undefined> {
        const filled = this.filled(subject, inputs);
        const policy = await this.policy(this.path(filled)).catch((error: unknown) => {
            if (error instanceof CloudError && error.httpStatus === 404) {
                return undefined;
            }
            throw error;
        });
        if (policy === undefined) {
            return undefined;
        }
        const mine = bindingOf(inputs);
        const there = bindingsOf(policy).some(
            (b) => isSame(b, mine) && without(b.members, mine).length < b.members.length,
        );
        return there ? this.outputs(subject, inputs, policy) : undefined;
    }

    async delete(subject: Subject, _: string, { inputs }: Kept): Promise<void> {
        const filled = this.filled(subject, inputs);
        try {
            await this.change("revoking", filled, (bindings, mine) =>
                bindings
                    .map((b) => (isSame(b, mine) ? { ...b, members: without(b.members, mine) } : b))
                    .filter(({ members }) => members.length > 0),
            );
        } catch (error) {
            // The resource itself has been deleted, and the grant with it.
            if (!(error instanceof CloudError && error.httpStatus === 404)) {
                throw error;
            }
        }
    }

    private outputs(subject: Subject, inputs: Properties, policy: Properties): Properties {
        const filled = this.filled(subject, inputs);
        const { parent } = this.type;
        const names = Object.keys(this.schema.inputs).map((key): [string, Value] => [key, filled[key] ?? null]);
        return {
            ...Object.fromEntries(names),
            ...(parent !== undefined && { [parent]: this.path(filled) }),
            etag: policy["etag"] ?? "",
            id: this.identify(subject, inputs),
        };
    }

    private filled(subject: Subject, inputs: Properties): Properties {
        return withLocation(inputs, this.schema, subject.config);
    }

    /** The path of the resource, which may be named by its whole path or by the last part of it. */
    private path(filled: Properties): string {
        const { parent, path } = this.type;
        const named = parent === undefined ? undefined : filled[parent];
        if (parent === undefined || typeof named !== "string" || path === `{${parent}}`) {
            return fillPath(path, filled);
        }
        // A whole path also names the project and the location, which may differ from those of the stack.
        const isWhole = new RegExp(`^${path.replace(/\{\w+\}/g, "[^/]+")}$`).test(named);
        return isWhole ? named : fillPath(path, { ...filled, [parent]: named.slice(named.lastIndexOf("/") + 1) });
    }

    private async policy(path: string): Promise<Properties> {
        const { base, get, methods = COLON } = this.type;
        const url = `${base}${path}${methods.get}${get.endsWith("?") ? "?options.requestedPolicyVersion=3" : ""}`;
        return await this.http.call(
            get.startsWith("GET") ? "GET" : "POST",
            url,
            get === "POST{}" ? { options: { requestedPolicyVersion: 3 } } : undefined,
        );
    }

    private async change(
        doing: string,
        filled: Properties,
        edit: (bindings: Binding[], mine: Binding) => Binding[],
    ): Promise<Properties> {
        try {
            return await this.readModifyWrite(filled, edit);
        } catch (error) {
            if (!(error instanceof CloudError)) {
                throw error;
            }
            const what = `${doing} ${asText(filled["role"])} to ${asText(filled["member"])} on ${this.path(filled)}`;
            throw new CloudError(error.httpStatus, error.status, `${what}: ${error.message}`);
        }
    }

    private async readModifyWrite(
        filled: Properties,
        edit: (bindings: Binding[], mine: Binding) => Binding[],
    ): Promise<Properties> {
        const { base, set = "POST", methods = COLON, updateMask } = this.type;
        const path = this.path(filled);
        for (let wait = 10; ; wait *= 2) {
            const policy = await this.policy(path);
            const bindings = edit(bindingsOf(policy), bindingOf(filled)) as unknown as Value;
            const changed = { ...policy, bindings, version: 3 };
            const body = set === "PUT" ? changed : { policy: changed, ...defined({ updateMask }) };
            try {
                return await this.http.call(set, `${base}${path}${methods.set}`, body);
            } catch (error) {
                // Somebody else has changed the policy since it was read.
                if (!(error instanceof CloudError && error.httpStatus === 409) || wait > 10_000) {
                    throw error;
                }
                await sleep(wait * (0.5 + Math.random()));
            }
        }
    }
}

function bindingOf(inputs: Properties): Binding {
    const { condition } = inputs;
    return {
        role: asText(inputs["role"]),
        members: [asText(inputs["member"])],
        ...(isObject(condition) && {
            condition: Object.fromEntries(Object.entries(condition).filter(([key]) => key !== "__defaults")),
        }),
    };
}

/** Some members without those of another binding, compared as IAM compares them. */
function without(members: string[], other: Binding): string[] {
    const others = other.members.map(canonicalMember);
    return members.filter((member) => !others.includes(canonicalMember(member)));
}

function bindingsOf(policy: Properties): Binding[] {
    return Array.isArray(policy["bindings"]) ? (policy["bindings"] as unknown as Binding[]) : [];
}

function isSame(a: Binding, b: Binding): boolean {
    const fieldOf = (binding: Binding, key: string) => binding.condition?.[key] ?? "";
    return (
        a.role === b.role && ["title", "description", "expression"].every((key) => fieldOf(a, key) === fieldOf(b, key))
    );
}
