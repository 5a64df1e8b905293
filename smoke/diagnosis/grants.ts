import type { GrantRef } from "../spec";

/** The permission that a call needs, for each role that this package grants. */
export const permissions: Record<string, string> = {
    "roles/run.invoker": "run.routes.invoke",
    "roles/cloudfunctions.invoker": "cloudfunctions.functions.invoke",
    "roles/iap.httpsResourceAccessor": "iap.webServiceVersions.accessViaIAP",
    "roles/workflows.invoker": "workflows.executions.create",
    "roles/secretmanager.secretAccessor": "secretmanager.versions.access",
    "roles/iam.serviceAccountOpenIdTokenCreator": "iam.serviceAccounts.getOpenIdToken",
    "roles/iam.serviceAccountTokenCreator": "iam.serviceAccounts.getAccessToken",
    "roles/iam.serviceAccountUser": "iam.serviceAccounts.actAs",
    "roles/logging.logWriter": "logging.logEntries.create",
    "roles/bigquery.jobUser": "bigquery.jobs.create",
    "roles/pubsub.publisher": "pubsub.topics.publish",
    "roles/cloudtasks.enqueuer": "cloudtasks.tasks.create",
    "roles/run.jobsExecutor": "run.jobs.run",
    "roles/run.jobsExecutorWithOverrides": "run.jobs.runWithOverrides",
    "roles/servicedirectory.viewer": "servicedirectory.services.resolve",
    "roles/servicedirectory.pscAuthorizedService": "servicedirectory.networks.access",
    "roles/eventarc.eventReceiver": "eventarc.events.receiveEvent",
    "roles/pubsub.subscriber": "pubsub.subscriptions.consume",
    "roles/run.viewer": "run.services.getIamPolicy",
    "roles/artifactregistry.reader": "artifactregistry.repositories.downloadArtifacts",
};

/** The permission that a role is needed for, if it is known, or else the role. */
export function permissionOf(role: string): string {
    return permissions[role] ?? role;
}

/** The email address in an IAM member: `fulfil@p.iam.gserviceaccount.com` of `serviceAccount:fulfil@p.iam.gserviceaccount.com`. */
export function emailOf(member: string): string {
    return member.slice(member.indexOf(":") + 1);
}

/** For each kind of resource, the gcloud command that adds a binding, made of the groups of the pattern. */
const commands: [RegExp, (groups: Record<string, string>) => string][] = [
    [
        /run\.googleapis\.com\/v\d\/projects\/(?<p>[^/]+)\/locations\/(?<l>[^/]+)\/services\/(?<s>[^/]+)$/,
        ({ p, l, s }) => `run services add-iam-policy-binding ${s} --region=${l} --project=${p}`,
    ],
    [
        /run\.googleapis\.com\/v\d\/projects\/(?<p>[^/]+)\/locations\/(?<l>[^/]+)\/jobs\/(?<s>[^/]+)$/,
        ({ p, l, s }) => `run jobs add-iam-policy-binding ${s} --region=${l} --project=${p}`,
    ],
    [
        /cloudfunctions\.googleapis\.com\/\w+\/projects\/(?<p>[^/]+)\/locations\/(?<l>[^/]+)\/functions\/(?<s>[^/]+)$/,
        ({ p, l, s }) => `functions add-iam-policy-binding ${s} --region=${l} --project=${p}`,
    ],
    [
        /iap\.googleapis\.com\/v1\/projects\/(?<p>[^/]+)\/iap_web\/cloud_run-(?<l>[^/]+)\/services\/(?<s>[^/]+)$/,
        ({ p, l, s }) =>
            `iap web add-iam-policy-binding --resource-type=cloud-run --service=${s} --region=${l} --project=${p}`,
    ],
    [
        /iap\.googleapis\.com\/v1\/projects\/(?<p>[^/]+)\/iap_web\/compute\/services\/(?<s>[^/]+)$/,
        ({ p, s }) => `iap web add-iam-policy-binding --resource-type=backend-services --service=${s} --project=${p}`,
    ],
    [
        /iap\.googleapis\.com\/v1\/projects\/(?<p>[^/]+)\/iap_web\/compute-(?<l>[^/]+)\/services\/(?<s>[^/]+)$/,
        ({ p, l, s }) =>
            `iap web add-iam-policy-binding --resource-type=backend-services --service=${s} --region=${l} --project=${p}`,
    ],
    [
        /iap\.googleapis\.com\/v1\/projects\/(?<p>[^/]+)\/iap_web\/cloud_run-(?<l>[^/]+)$/,
        ({ p, l }) => `iap web add-iam-policy-binding --resource-type=cloud-run --region=${l} --project=${p}`,
    ],
    [
        /iap\.googleapis\.com\/v1\/projects\/(?<p>[^/]+)\/iap_web\/compute$/,
        ({ p }) => `iap web add-iam-policy-binding --resource-type=backend-services --project=${p}`,
    ],
    [
        /iap\.googleapis\.com\/v1\/projects\/(?<p>[^/]+)\/iap_web$/,
        ({ p }) => `iap web add-iam-policy-binding --project=${p}`,
    ],
    [
        /secretmanager\.googleapis\.com\/v1\/projects\/(?<p>[^/]+)\/secrets\/(?<s>[^/]+)$/,
        ({ p, s }) => `secrets add-iam-policy-binding ${s} --project=${p}`,
    ],
    [
        /iam\.googleapis\.com\/v1\/projects\/[^/]+\/serviceAccounts\/(?<s>[^/]+)$/,
        ({ s }) => `iam service-accounts add-iam-policy-binding ${s}`,
    ],
    [
        /cloudtasks\.googleapis\.com\/v2\/projects\/(?<p>[^/]+)\/locations\/(?<l>[^/]+)\/queues\/(?<s>[^/]+)$/,
        ({ p, l, s }) => `tasks queues add-iam-policy-binding ${s} --location=${l} --project=${p}`,
    ],
    [
        /pubsub\.googleapis\.com\/v1\/projects\/(?<p>[^/]+)\/(?<kind>topics|subscriptions)\/(?<s>[^/]+)$/,
        ({ p, kind, s }) => `pubsub ${kind} add-iam-policy-binding ${s} --project=${p}`,
    ],
    [
        /servicedirectory\.googleapis\.com\/v1\/projects\/(?<p>[^/]+)\/locations\/(?<l>[^/]+)\/namespaces\/(?<n>[^/]+)\/services\/(?<s>[^/]+)$/,
        ({ p, l, n, s }) =>
            `service-directory services add-iam-policy-binding ${s} --namespace=${n} --location=${l} --project=${p}`,
    ],
    [
        /servicedirectory\.googleapis\.com\/v1\/projects\/(?<p>[^/]+)\/locations\/(?<l>[^/]+)\/namespaces\/(?<s>[^/]+)$/,
        ({ p, l, s }) => `service-directory namespaces add-iam-policy-binding ${s} --location=${l} --project=${p}`,
    ],
    [
        /artifactregistry\.googleapis\.com\/v1\/projects\/(?<p>[^/]+)\/locations\/(?<l>[^/]+)\/repositories\/(?<s>[^/]+)$/,
        ({ p, l, s }) => `artifacts repositories add-iam-policy-binding ${s} --location=${l} --project=${p}`,
    ],
    [
        /cloudkms\.googleapis\.com\/v1\/projects\/(?<p>[^/]+)\/locations\/(?<l>[^/]+)\/keyRings\/(?<n>[^/]+)\/cryptoKeys\/(?<s>[^/]+)$/,
        ({ p, l, n, s }) => `kms keys add-iam-policy-binding ${s} --keyring=${n} --location=${l} --project=${p}`,
    ],
    [
        /cloudkms\.googleapis\.com\/v1\/projects\/(?<p>[^/]+)\/locations\/(?<l>[^/]+)\/keyRings\/(?<s>[^/]+)$/,
        ({ p, l, s }) => `kms keyrings add-iam-policy-binding ${s} --location=${l} --project=${p}`,
    ],
    [
        /storage\.googleapis\.com\/storage\/v1\/b\/(?<s>[^/]+)$/,
        ({ s }) => `storage buckets add-iam-policy-binding gs://${s}`,
    ],
    [
        /cloudresourcemanager\.googleapis\.com\/v\d\/projects\/(?<p>[^/]+)$/,
        ({ p }) => `projects add-iam-policy-binding ${p}`,
    ],
    [
        /cloudresourcemanager\.googleapis\.com\/v\d\/folders\/(?<s>[^/]+)$/,
        ({ s }) => `resource-manager folders add-iam-policy-binding ${s}`,
    ],
    [
        /cloudresourcemanager\.googleapis\.com\/v\d\/organizations\/(?<s>[^/]+)$/,
        ({ s }) => `organizations add-iam-policy-binding ${s}`,
    ],
];

/** The command that makes a grant; undefined for a resource of an unknown kind. */
export const grantCommand = (grant: GrantRef): string | undefined => command("add", grant);

/** The command that removes a grant; undefined for a resource of an unknown kind. */
export const revokeCommand = (grant: GrantRef): string | undefined => command("remove", grant);

/** A word of a command, in quotes if a shell would read signs in it. */
const quoted = (word: string): string => (/^[\w@.:/=+-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`);

function command(verb: "add" | "remove", { member, role, resource }: GrantRef): string | undefined {
    for (const [pattern, commandFor] of commands) {
        const groups = pattern.exec(resource)?.groups;
        if (groups) {
            return `gcloud ${commandFor(groups).replace("add-iam", `${verb}-iam`)} --member=${quoted(member)} --role=${role}`;
        }
    }
    return undefined;
}
