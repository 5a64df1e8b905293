import type { FactValues, Fact, Need, ReadFact } from "../../access";
import { defined } from "../../common";
import { CredentialError, googleError, NetworkError, type Credentials, type HttpResponse } from "../../credentials";
import { InvokeError } from "../../errors";
import { timeoutOf, type Context } from "../attempt";
import { callGoogle, readPolicy } from "../diagnosis";
import { parsers, type Parsed } from "./parse";

/** Something that could be read later perhaps: Google was busy, or did not answer. */
const isTemporary = (status: number): boolean => status === 429 || status >= 500;

/** More pages of one list are not read: a list that long is not a list of callers that anybody declared. */
const MOST_PAGES = 50;

/** What lets somebody read each kind of fact. */
const remedies: Record<keyof FactValues, (name: string) => string | undefined> = {
    policy: (name) =>
        /\/(folders|organizations)\//.test(name)
            ? "roles/iam.securityReviewer on the organization"
            : "roles/iam.securityReviewer on the project",
    role: (name) =>
        name.startsWith("roles/")
            ? undefined
            : `roles/iam.roleViewer on the ${name.startsWith("organizations/") ? "organization" : "project"}`,
    group: () => "the role Groups Reader of Google Workspace, which its administrators grant",
    project: () => "roles/browser on the project",
    keys: () => "roles/iam.serviceAccountViewer on the project",
    denials: () => "roles/iam.denyReviewer on the project",
    receiver: () => "roles/run.viewer on the project",
};

const titles: Record<keyof FactValues, (name: string) => string> = {
    policy: (name) => `the policy of ${pathOf(name)}`,
    role: (name) => `the permissions of ${name}`,
    group: (name) => `the members of group:${name}`,
    project: (name) => `what the project ${name} lies in`,
    keys: (name) => `the keys of ${name}`,
    denials: (name) => `the deny policies of ${pathOf(name)}`,
    receiver: (name) => `the settings of ${pathOf(name)}`,
};

const pathOf = (url: string): string => new URL(url).pathname.replace(/^\/v\d\w*\//, "");

/** A reader of facts that asks Google's APIs with the check's own credential, which goes nowhere else. */
export function factReader(context: Context): ReadFact {
    return async <K extends keyof FactValues>({ kind, name }: Need<K>): Promise<Fact<FactValues[K]>> => {
        const unread = (why: string, later = false) => ({
            what: titles[kind](name),
            why,
            ...defined({ remedy: remedies[kind](name), temporary: later || undefined }),
        });
        try {
            const value = await readers[kind](new Api(context, await context.credentials()), name);
            return { value };
        } catch (error) {
            if (error instanceof Refusal) {
                return unread(error.message, error.temporary);
            }
            if (error instanceof NetworkError || error instanceof CredentialError) {
                return unread(error.message, error instanceof NetworkError);
            }
            throw error;
        }
    };
}

/** An answer does not say who may call. */
class Refusal extends InvokeError {
    readonly code = "unreadable-answer";

    constructor(
        message: string,
        readonly temporary = false,
    ) {
        super(message);
    }
}

/** Calls that must succeed. */
class Api {
    constructor(
        private readonly context: Context,
        private readonly credentials: Credentials,
    ) {}

    async get(url: string, body?: object): Promise<unknown> {
        const { http, signal } = this.context;
        const method = body === undefined ? "GET" : "POST";
        return this.answered(
            await callGoogle(http, this.credentials, method, url, body, signal, timeoutOf(this.context)),
        );
    }

    async policy(resource: string): Promise<unknown> {
        return this.answered(await readPolicy(this.context.http, this.credentials, resource));
    }

    /** The items of a list, from all its pages. */
    async list<Item>(
        url: string,
        parse: (answer: unknown) => Parsed<{ items: Item[]; next?: string }>,
    ): Promise<Item[]> {
        const all: Item[] = [];
        const seen = new Set<string>();
        for (let next: string | undefined = ""; next !== undefined;) {
            const page: { items: Item[]; next?: string } = understood(
                parse(await this.get(next === "" ? url : `${url}&pageToken=${encodeURIComponent(next)}`)),
            );
            all.push(...page.items);
            next = page.next;
            if (next !== undefined && (seen.has(next) || seen.size >= MOST_PAGES)) {
                throw new Refusal(`the list has more than ${MOST_PAGES} pages, or no end`);
            }
            seen.add(next ?? "");
        }
        return all;
    }

    private answered(answer: HttpResponse): unknown {
        if (answer.status !== 200) {
            throw new Refusal(`${answer.status}: ${googleError(answer.body).message}`, isTemporary(answer.status));
        }
        try {
            return JSON.parse(answer.body) as unknown;
        } catch {
            throw new Refusal("the answer is no JSON, or was cut off");
        }
    }
}

/** @throws Refusal if an answer has another form than Google documents */
function understood<T>(parsed: Parsed<T>): T {
    if ("wrong" in parsed) {
        throw new Refusal(`the answer cannot be understood: ${parsed.wrong}`);
    }
    return parsed.value;
}

const IAM = "https://iam.googleapis.com";
const ROLE = /^(roles|(projects|organizations)\/[^/]+\/roles)\/[\w.]+$/;

const readers: { [K in keyof FactValues]: (api: Api, name: string) => Promise<FactValues[K]> } = {
    policy: async (api, name) => understood(parsers.policy(await api.policy(name))),
    role: async (api, name) => {
        if (!ROLE.test(name)) {
            throw new Refusal("this is no name of a role");
        }
        return understood(parsers.role(await api.get(`${IAM}/v1/${name}`)));
    },
    group: async (api, email) => {
        const lookup = `https://cloudidentity.googleapis.com/v1/groups:lookup?groupKey.id=${encodeURIComponent(email)}`;
        const name = understood(parsers.groupName(await api.get(lookup)));
        const url = `https://cloudidentity.googleapis.com/v1/${name}/memberships?view=FULL&pageSize=500`;
        return api.list(url, parsers.memberships);
    },
    project: async (api, name) => {
        const url = `https://cloudresourcemanager.googleapis.com/v1/projects/${name}`;
        const [project, ancestry] = await Promise.all([api.get(url), api.get(`${url}:getAncestry`, {})]);
        return understood(parsers.project(project, ancestry));
    },
    keys: async (api, email) =>
        understood(
            parsers.keys(await api.get(`${IAM}/v1/projects/-/serviceAccounts/${email}/keys?keyTypes=USER_MANAGED`)),
        ),
    denials: async (api, url) => {
        const attachment = encodeURIComponent(`cloudresourcemanager.googleapis.com/${pathOf(url)}`);
        const names = await api.list(
            `${IAM}/v2/policies/${attachment}/denypolicies?pageSize=500`,
            parsers.denyPolicies,
        );
        const policies = await Promise.all(names.map((name) => api.get(`${IAM}/v2/${name}`)));
        return policies.flatMap((policy) => understood(parsers.denyRules(policy)));
    },
    receiver: async (api, url) => understood(parsers.receiver(await api.get(url))),
};
