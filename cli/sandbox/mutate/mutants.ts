import { FAILING_IMAGE } from "../../../sandbox/light";
import { type Change, documentChanges, providerChanges } from "./settings";

/** Everything that a sandbox keeps: entries by collection and name. */
export type State = Record<string, Record<string, unknown>>;

/** The ways in which a deployment is broken. */
export type MutantKind =
    | "grant removed"
    | "grant moved"
    | "stranger added"
    | "ingress opened"
    | "audience changed"
    | "account disabled"
    | "secret emptied"
    | "image failing"
    | "destination changed"
    | "condition removed"
    | Change["kind"];

/** One change of a deployment that a check should see. */
export interface Mutant {
    kind: MutantKind;
    /** What was changed, such as `roles/run.invoker of fulfil on orders`. It is unique for the kind. */
    what: string;
    /** The entries that change, by collection and name, with their new values. */
    edits: { collection: string; name: string; value: unknown }[];
}

/** The audience and the member that nobody declares. */
const ELSEWHERE = "https://elsewhere.invalid";
const STRANGER = "user:stranger@example.com";

/**
 * The mutants of a deployment: each differs from it in one thing that the deployment brought.
 * @param before What the sandbox kept before the deployment.
 * @param after What it keeps after it.
 */
export function mutantsOf(before: State, after: State): Mutant[] {
    const fresh = (collection: string): [name: string, value: Stored][] =>
        Object.entries(after[collection] ?? {})
            .filter(([name]) => before[collection]?.[name] === undefined)
            .map(([name, value]) => [name, value as Stored]);
    const changed = (
        kind: MutantKind,
        collection: string,
        change: (value: Stored, name: string) => unknown,
    ): Mutant[] =>
        fresh(collection).flatMap(([name, value]) => {
            const mutated = isServed(name) ? change(value, name) : undefined;
            return mutated === undefined
                ? []
                : [{ kind, what: shortName(name), edits: [{ collection, name, value: mutated }] }];
        });
    return [
        ...grantMutants(before, after),
        ...changed("ingress opened", "run.services", (service) =>
            service["ingress"] === "INGRESS_TRAFFIC_ALL" ? undefined : { ...service, ingress: "INGRESS_TRAFFIC_ALL" },
        ),
        ...changed("ingress opened", "cloudfunctions.v1functions", (fn) =>
            (fn["ingressSettings"] ?? "ALLOW_ALL") === "ALLOW_ALL"
                ? undefined
                : { ...fn, ingressSettings: "ALLOW_ALL" },
        ),
        ...changed("audience changed", "run.services", (service) =>
            service["customAudiences"] === undefined ? undefined : { ...service, customAudiences: [ELSEWHERE] },
        ),
        ...changed("audience changed", "cloudscheduler.jobs", (job) => withAudience(job, "httpTarget")),
        ...changed("audience changed", "cloudtasks.queues", (queue) => withAudience(queue, "httpTarget")),
        ...changed("audience changed", "pubsub.subscriptions", (subscription) =>
            withAudience(subscription, "pushConfig"),
        ),
        ...fresh("workflows.workflows").flatMap(([name, workflow]) => sourceMutants(name, workflow)),
        ...changed("account disabled", "iam.serviceAccounts", (account) => ({ ...account, disabled: true })),
        ...changed("secret emptied", "secretmanager.payloads", (payload) => ({ ...payload, data: "" })),
        ...changed("image failing", "run.services", failing),
        ...changed("image failing", "run.jobs", failingJob),
        ...changed("destination changed", "eventarc.triggers", (trigger) => ({
            ...trigger,
            destination: { cloudRun: { service: "elsewhere", region: "europe-west1" } },
        })),
        ...changed("destination changed", "servicedirectory.endpoints", (endpoint) => ({
            ...endpoint,
            address: "10.255.255.254",
        })),
        ...changed("condition removed", "iam.workloadIdentityPoolProviders", ({ attributeCondition, ...provider }) =>
            attributeCondition === undefined ? undefined : provider,
        ),
        ...fresh(PROVIDERS).flatMap(([name, provider]) =>
            providerChanges(provider).map((change) => settingMutant(PROVIDERS, name, change)),
        ),
        ...fresh(CONFIGS).flatMap(([name, config]) => {
            const [first, ...others] = config["openapiDocuments"] as [{ document: { contents: string } }];
            return documentChanges(first.document.contents).map(({ contents, ...change }) => {
                const other = { ...first, document: { ...first.document, contents } };
                const value = { ...config, openapiDocuments: [other, ...others] };
                return settingMutant(CONFIGS, name, { ...change, value });
            });
        }),
        ...fresh(ENDPOINTS).flatMap(([name, service]) => {
            const { documents, rollouts } = service as unknown as Endpoints;
            const [served = ""] = Object.keys(rollouts.at(-1)?.trafficPercentStrategy.percentages ?? {});
            return documentChanges(documents[served] ?? "").map(({ contents, ...change }) => {
                const value = { ...service, documents: { ...documents, [served]: contents } };
                return settingMutant(ENDPOINTS, name, { ...change, value });
            });
        }),
    ];
}

/** The global record of a multi-region service answers nobody: its regions do, and each is changed by itself. */
const isServed = (name: string): boolean => !/\/locations\/global\/services\//.test(name);

const PROVIDERS = "iam.workloadIdentityPoolProviders";
const CONFIGS = "apigateway.configs";
const ENDPOINTS = "servicemanagement.services";

/** A service of Cloud Endpoints: each of its documents by the ID of its configuration, and which of them are rolled out. */
interface Endpoints {
    documents: Record<string, string>;
    rollouts: { trafficPercentStrategy: { percentages: Record<string, number> } }[];
}

const settingMutant = (collection: string, name: string, { kind, what, value }: Change): Mutant => ({
    ...{ kind, what: `${what} of ${shortName(name)}` },
    edits: [{ collection, name, value }],
});

type Stored = Record<string, unknown>;

interface Binding {
    role: string;
    members: string[];
    condition?: unknown;
}

const POLICIES = "iam.policies";

/** Removes each grant, moves each to a resource that nothing asked about, and adds a stranger to each binding. */
function grantMutants(before: State, after: State): Mutant[] {
    const bindingsIn = (state: State, resource: string): Binding[] =>
        (state[POLICIES]?.[resource] as { bindings?: Binding[] } | undefined)?.bindings ?? [];
    return Object.keys(after[POLICIES] ?? {}).flatMap((resource) => {
        const policy = after[POLICIES]?.[resource] as Stored;
        const bindings = bindingsIn(after, resource);
        const edit = (changed: Binding[]) => ({
            collection: POLICIES,
            name: resource,
            value: { ...policy, bindings: changed.filter(({ members }) => members.length > 0) },
        });
        return bindings.flatMap((binding, at): Mutant[] => {
            const known = bindingsIn(before, resource).find(({ role }) => role === binding.role)?.members ?? [];
            const granted = binding.members.filter((member) => !known.includes(member));
            const withMembers = (members: string[]) => edit(bindings.with(at, { ...binding, members }));
            const on = `${binding.role} on ${shortName(resource)}`;
            const mutants = granted.flatMap((member): Mutant[] => {
                const what = `${binding.role} of ${shortName(member)} on ${shortName(resource)}`;
                const removed = withMembers(binding.members.filter((other) => other !== member));
                const moved = {
                    collection: POLICIES,
                    name: `${resource}-elsewhere`,
                    value: { ...policy, bindings: [{ ...binding, members: [member] }] },
                };
                return [
                    { kind: "grant removed", what, edits: [removed] },
                    { kind: "grant moved", what, edits: [removed, moved] },
                ];
            });
            return granted.length === 0
                ? []
                : [
                      ...mutants,
                      { kind: "stranger added", what: on, edits: [withMembers([...binding.members, STRANGER])] },
                  ];
        });
    });
}

/** A sender with another audience in the ID tokens that it sends. Undefined if it sends none. */
function withAudience(sender: Stored, key: "httpTarget" | "pushConfig"): Stored | undefined {
    const target = sender[key] as { oidcToken?: object } | undefined;
    return (
        target?.oidcToken && {
            ...sender,
            [key]: { ...target, oidcToken: { ...target.oidcToken, audience: ELSEWHERE } },
        }
    );
}

/** An audience in the source of a workflow: a text in quotes, an expression, or a plain text. */
const AUDIENCE = /(\baudience"?\s*:\s*)("(?:[^"\\]|\\.)*"|'[^']*'|\$\{[^}]*\}|[^\s,}]+)/g;

/** A mutant for each audience that the source of a workflow names. */
function sourceMutants(name: string, workflow: Stored): Mutant[] {
    const { sourceContents: source = "" } = workflow as { sourceContents?: string };
    return [...source.matchAll(AUDIENCE)].map((match, index) => {
        const [whole, key = ""] = match;
        const sourceContents = `${source.slice(0, match.index)}${key}"${ELSEWHERE}"${source.slice(match.index + whole.length)}`;
        return {
            kind: "audience changed" as const,
            what: `${shortName(name)} (audience ${index + 1})`,
            edits: [{ collection: "workflows.workflows", name, value: { ...workflow, sourceContents } }],
        };
    });
}

/** A service whose newest revision answers 500 to everything. A function is one too. */
function failing(service: Stored, name: string): Stored {
    const { template = {}, annotations: _, ...rest } = service as { template?: object; annotations?: object };
    return {
        ...rest,
        template: { ...template, containers: [{ image: FAILING_IMAGE }] },
        latestReadyRevision: `${name}/revisions/${shortName(name)}-mutant`,
    };
}

/** A job whose tasks all fail, because nothing runs its image. */
function failingJob(job: Stored): Stored {
    const { template = {} } = job as { template?: { template?: object } };
    const containers = [{ image: FAILING_IMAGE }];
    return { ...job, template: { ...template, template: { ...template.template, containers } } };
}

/** The last part of a full name, as the program names it: the provider adds seven random digits to names. */
const shortName = (name: string): string =>
    accountOf(name.slice(name.lastIndexOf("/") + 1)).replace(/-[0-9a-f]{7}$/, "");

/** The account of a member as policies keep it: `fulfil` of `serviceAccount:fulfil@demo.iam.gserviceaccount.com?uid=1`. */
function accountOf(member: string): string {
    return member.replace(/^serviceAccount:/, "").replace(/@[^@]*\.iam\.gserviceaccount\.com.*$/, "");
}
