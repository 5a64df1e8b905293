import { isWide } from "./names";

/** One way to call a target: the resource that is asked, and the permissions of which one lets a caller in. */
export interface Entrance {
    resource: string;
    permissions: ReadonlySet<string>;
}

/**
 * The permissions that let somebody act as a service account: mint its tokens, sign in its name, make a key of it, or attach it
 * to a workload. A workload can be anywhere that somebody may deploy to, which no policy of the account tells.
 * https://cloud.google.com/iam/docs/service-account-permissions
 */
export const IMPERSONATE: ReadonlySet<string> = new Set([
    ...["getAccessToken", "getOpenIdToken", "signJwt", "signBlob", "implicitDelegation", "actAs"].map(
        (verb) => `iam.serviceAccounts.${verb}`,
    ),
    ...["create", "upload"].map((verb) => `iam.serviceAccountKeys.${verb}`),
]);

export const ACT_AS = "iam.serviceAccounts.actAs";

/** What lets a principal change policies, so that it can give itself any access. */
const changePolicies = [
    ...["projects", "folders", "organizations"].map((kind) => `resourcemanager.${kind}.setIamPolicy`),
    "iam.roles.update",
    "iam.serviceAccounts.setIamPolicy",
];

/** For each kind of target: how it is called or used, and what lets somebody change its policy, its code or its content. */
type Kind = [url: RegExp, calls: string[], administers: string[]];

const invokableKinds: Kind[] = [
    [/^run\..*\/services\//, ["run.routes.invoke"], ["run.services.setIamPolicy", "run.services.update"]],
    [/^run\..*\/jobs\//, ["run.jobs.run", "run.jobs.runWithOverrides"], ["run.jobs.setIamPolicy", "run.jobs.update"]],
    [
        /^cloudfunctions\./,
        ["cloudfunctions.functions.invoke", "cloudfunctions.functions.call"],
        ["cloudfunctions.functions.setIamPolicy", "cloudfunctions.functions.update", "run.services.update"],
    ],
    [/^workflows\./, ["workflows.executions.create"], ["workflows.workflows.update"]],
    [
        /^iap\./,
        ["iap.webServiceVersions.accessViaIAP"],
        [
            ...["web", "webTypes", "webServices"].map((level) => `iap.${level}.setIamPolicy`),
            ...["iap.webServices.updateSettings", "run.services.setIamPolicy", "run.services.update"],
        ],
    ],
];

const kinds: Kind[] = [
    ...invokableKinds,
    [/^pubsub\..*\/topics\//, ["pubsub.topics.publish"], ["pubsub.topics.setIamPolicy"]],
    [/^cloudtasks\./, ["cloudtasks.tasks.create"], ["cloudtasks.queues.setIamPolicy"]],
    // An account that signs tokens for others: https://cloud.google.com/iam/docs/service-account-permissions
    [
        /^iam\..*\/serviceAccounts\//,
        [
            ...["signJwt", "signBlob", "implicitDelegation"].map((verb) => `iam.serviceAccounts.${verb}`),
            ...["create", "upload"].map((verb) => `iam.serviceAccountKeys.${verb}`),
        ],
        ["iam.serviceAccounts.setIamPolicy"],
    ],
    [/^secretmanager\..*\/secrets\//, ["secretmanager.versions.access"], ["secretmanager.secrets.setIamPolicy"]],
];

/** Each permission that lets its holder run code: a service, a function, a workflow, a job or an application. */
export const CALLS: ReadonlySet<string> = new Set(invokableKinds.flatMap(([, calls]) => calls));

function kindOf(target: string): Kind | [undefined, string[], string[]] {
    const { protocol, hostname, pathname } = new URL(target);
    const found = kinds.find(([url]) => url.test(hostname + pathname));
    return protocol === "https:" && hostname.endsWith(".googleapis.com") && found ? found : [undefined, [], []];
}

/** Whether the REST URL is that of something whose callers can be searched for. */
export const isTarget = (url: string): boolean => URL.canParse(url) && kindOf(url)[0] !== undefined && !isWide(url);

/** How a target is called. */
export const entranceOf = (target: string): Entrance => ({ resource: target, permissions: new Set(kindOf(target)[1]) });

/** What lets somebody change the policy or the code of a target, or policies above it. */
export const administration = (target: string): ReadonlySet<string> =>
    new Set([...changePolicies, ...kindOf(target)[2]]);

/** The Cloud Run service behind an application of Identity-Aware Proxy; undefined for other targets. */
export function serviceBehind(target: string): string | undefined {
    const [, project, location, service] =
        /^https:\/\/iap\.googleapis\.com\/v1\/projects\/([^/]+)\/iap_web\/cloud_run-([^/]+)\/services\/([^/]+)$/.exec(
            target,
        ) ?? [];
    return service === undefined
        ? undefined
        : `https://run.googleapis.com/v2/projects/${project}/locations/${location}/services/${service}`;
}
