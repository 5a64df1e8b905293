import {
    accountUrl,
    type Binding,
    type DeclaredGrant,
    type Fact,
    type FactValues,
    invokableUrl,
    isOfThisPackage,
    isWide,
    type Need,
    permissionsOfRole,
    policyCarrier,
    projectUrl,
    type Step,
    urlsInRegions,
} from "../access";
import { addTo } from "../common";
import { bindingsOf, type StackBinding } from "./bindings";
import { at, type StackSubject, textAt, textsIn } from "./rule";
import { CUSTOM_ROLE, nameAt, referenceName, StackNames } from "./stack-names";
import { invokerCheckOf } from "./workload-rules";

const KEY = "gcp:serviceaccount/key:Key";
/** Resources whose callers are asked for: what can be invoked, and not what is read or written. */
const INVOKED = /^https:\/\/(run|cloudfunctions|iap)\.googleapis\.com\//;

/** Policies as the resources of a stack make them. What somebody granted elsewhere is not in them. */
export class StackPolicies {
    /** What can be invoked, with the resource that makes it, if it is in the stack. */
    readonly targets = new Map<string, StackSubject | undefined>();
    /** The bindings that components of this package make. */
    readonly declared: DeclaredGrant[] = [];
    /** Resources of which it is not known yet what they are, or which policy they change. */
    readonly unplaced: StackSubject[] = [];
    private readonly names: StackNames;
    private readonly policies = new Map<string, Binding[]>();
    private readonly origins = new Map<string, StackSubject>();
    private readonly roles = new Map<string, StackSubject>();
    private readonly keys = new Map<string, string[]>();

    constructor(stack: readonly StackSubject[]) {
        this.names = new StackNames(stack);
        for (const subject of stack) {
            this.add(subject);
        }
    }

    /** What the stack says of a fact. What it says nothing of has no bindings, members or keys here. */
    read<K extends keyof FactValues>({ kind, name }: Need<K>): Fact<FactValues[K]> {
        const readers: { [Kind in keyof FactValues]: () => Fact<FactValues[Kind]> } = {
            policy: () => this.policyOf(name),
            role: () => this.roleOf(name),
            group: () => ({ what: `who is in the group ${name}`, why: "a stack does not tell" }),
            project: () => ({ value: { number: "", ancestors: this.above() } }),
            keys: () => ({ value: this.keys.get(name.toLowerCase()) ?? [] }),
            denials: () => ({ value: [] }),
            receiver: () => this.receiverOf(name),
        };
        return readers[kind]();
    }

    /** The resource that makes the first part of a way. */
    originOf(step: Step | undefined): StackSubject | undefined {
        switch (step?.kind) {
            case "binding":
                return this.origins.get(keyOf(step.on, step.role, step.member));
            case "key":
                return this.origins.get(keyOf(step.account, "key", step.key));
            default:
                return step && this.targets.get(step.on);
        }
    }

    /** The resource that makes a target, or one that grants something on it. */
    makerOf(target: string): StackSubject | undefined {
        return this.targets.get(target) ?? [...this.origins].find(([key]) => key.startsWith(`${target}\n`))?.[1];
    }

    private add(subject: StackSubject): void {
        const { type } = subject;
        const [carrier, invokable] = [policyCarrier(type), invokableUrl(type)];
        if (CUSTOM_ROLE.test(type)) {
            this.roles.set(referenceName(subject), subject);
        } else if (type === KEY) {
            this.addKey(subject);
        } else if (carrier !== undefined) {
            this.place(subject, carrierUrl(this.names.carrierOf(subject, carrier)), (url) => this.grant(subject, url));
        } else if (invokable !== undefined) {
            this.place(subject, this.names.urlOf(subject, invokable), (url) => {
                for (const each of urlsInRegions(url, at(subject.props, "multiRegionSettings"))) {
                    this.targets.set(each, subject);
                }
            });
        }
    }

    private place(subject: StackSubject, url: string | undefined, add: (url: string) => void): void {
        if (url === undefined) {
            this.unplaced.push(subject);
        } else {
            add(url);
        }
    }

    private addKey(subject: StackSubject): void {
        const account = nameAt(subject, "serviceAccountId")?.toLowerCase();
        this.place(subject, account?.includes("@") === true ? account : undefined, (email) => {
            const key = referenceName(subject);
            addTo(this.keys, email, key);
            this.origins.set(keyOf(email, "key", key), subject);
        });
    }

    private grant(subject: StackSubject, on: string): void {
        const bindings = bindingsOf(subject).map((binding) => asBinding(subject, binding, on));
        const known = this.policies.get(on) ?? [];
        known.push(...bindings);
        this.policies.set(on, known);
        if (INVOKED.test(on) && !this.targets.has(on)) {
            this.targets.set(on, undefined);
        }
        for (const { role, members } of bindings) {
            for (const member of members) {
                this.origins.set(keyOf(on, role, member), subject);
                if (isOfThisPackage(subject.urn)) {
                    this.declared.push({ member, role, resource: on });
                }
            }
        }
    }

    private policyOf(url: string): Fact<readonly Binding[]> {
        const [, number] = /\/v1\/projects\/(\d+)$/.exec(isWide(url) ? url : "") ?? [];
        const id = number === undefined ? undefined : this.names.idOf(number);
        if (
            number !== undefined &&
            id === undefined &&
            [...this.policies.keys()].some((each) => each.includes("/v1/projects/"))
        ) {
            return { what: `the policy of project ${number}`, why: "its ID is not known here" };
        }
        return { value: this.policies.get(id === undefined ? url : projectUrl(id)) ?? [] };
    }

    private above(): string[] {
        return [...this.policies.keys()].filter((url) => isWide(url) && !url.includes("/v1/projects/"));
    }

    private roleOf(name: string): Fact<readonly string[]> {
        const subject = this.roles.get(name);
        const list = subject && at(subject.props, "permissions");
        const custom = Array.isArray(list) ? Object.values(textsIn(list)) : undefined;
        const known = Array.isArray(list) && custom?.length === list.length ? custom : permissionsOfRole(name);
        return known === undefined
            ? { what: `what ${name} allows`, why: "the role is none of those that are known without asking Google" }
            : { value: [...known] };
    }

    private receiverOf(url: string): Fact<FactValues["receiver"]> {
        const subject = this.targets.get(url);
        const check = subject === undefined ? true : invokerCheckOf(subject);
        const iap = subject === undefined ? true : (at(subject.props, "iapEnabled") ?? false);
        return typeof check === "boolean" && typeof iap === "boolean"
            ? { value: { invokerCheck: check, iap, ingress: "all", customAudiences: [] } }
            : { what: `whether ${subject?.name ?? url} checks who calls`, why: "a preview does not know it yet" };
    }
}

const keyOf = (...parts: string[]): string => parts.join("\n");

/** The URL of what carries a policy. An account has its project in its email address. */
function carrierUrl(url: string | undefined): string | undefined {
    const [, account] = /\/serviceAccounts\/(.+)$/.exec(url ?? "") ?? [];
    return account === undefined ? url : account.includes("@") ? accountUrl(account.toLowerCase()) : undefined;
}

/** A binding of which everything that is not known yet is a member, a role or a condition that nobody understands. */
function asBinding(subject: StackSubject, { role, members, more, condition }: StackBinding, on: string): Binding {
    const account = isOfThisPackage(subject.urn) ? nameAt(subject, "member") : undefined;
    const unknown =
        account?.includes("@") === true ? `serviceAccount:${account}` : `unknown:a member of ${subject.name}`;
    // The name of a resource that is not known yet cannot be compared in a condition.
    const clear = typeof condition === "string" && !on.includes("~") ? condition : "unknown";
    return {
        role: role ?? nameAt(subject, "role") ?? `the role of ${subject.name}`,
        members: more ? [...members, unknown] : members,
        ...(condition !== undefined && {
            condition: { expression: clear, title: textAt(subject.props, "condition", "title") ?? "" },
        }),
    };
}
