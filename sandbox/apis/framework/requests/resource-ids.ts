import { invalidArgument } from "../errors";

/** What Google accepts as the ID of a resource. */
interface IdRule {
    pattern: RegExp;
    /** The rule in words, for the error. */
    rule: string;
}

const TASKS = "https://cloud.google.com/tasks/docs/reference/rest/v2";
const letterFirst = (most: number, more: string): IdRule => ({
    pattern: new RegExp(`^[a-z]([-a-z0-9]{0,${most - 2}}[a-z0-9])?$`),
    rule: `it must have at most ${most} lower-case letters, digits and hyphens, a letter first and no hyphen last${more}`,
});
const topicOrSubscription: IdRule = {
    pattern: /^(?!goog)[A-Za-z][-\w.~+%]{2,254}$/,
    rule: "it must have 3 to 255 letters, digits and the characters - . _ ~ + %, a letter first, and not begin with goog (https://cloud.google.com/pubsub/docs/pubsub-basics#resource_names)",
};
const functionId: IdRule = {
    pattern: /^[A-Za-z]([-\w]{0,61}[A-Za-z0-9])?$/,
    rule: "it must have at most 63 letters, digits, hyphens and underscores, a letter first and a letter or digit last (https://cloud.google.com/functions/docs/deploy)",
};
const ofGateways: IdRule = {
    pattern: /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/,
    rule: "it must have at most 63 lower-case letters, digits and hyphens, and no hyphen first or last (https://cloud.google.com/api-gateway/docs/creating-api)",
};
const nameOfKey: IdRule = {
    pattern: /^[-\w]{1,63}$/,
    rule: "it must have 1 to 63 letters, digits, hyphens and underscores (https://cloud.google.com/kms/docs/reference/rest/v1/projects.locations.keyRings/create)",
};
const jobOfScheduler: IdRule = {
    pattern: /^[-\w]{1,500}$/,
    rule: "it must have 1 to 500 letters, digits, hyphens and underscores (https://cloud.google.com/scheduler/docs/reference/rest/v1/projects.locations.jobs)",
};

/** The IDs of each kind of resource, by the collection of the store, with the page that says so. */
const RULES: Readonly<Record<string, IdRule>> = {
    "apigateway.apis": ofGateways,
    "apigateway.configs": ofGateways,
    "apigateway.gateways": ofGateways,
    "artifactregistry.repositories": letterFirst(
        63,
        " (https://cloud.google.com/artifact-registry/docs/repositories/create-repos)",
    ),
    "cloudfunctions.functions": functionId,
    "cloudfunctions.v1functions": functionId,
    "cloudscheduler.jobs": jobOfScheduler,
    "cloudtasks.queues": {
        pattern: /^[-A-Za-z0-9]{1,100}$/,
        rule: `it must have 1 to 100 letters, digits and hyphens (${TASKS}/projects.locations.queues)`,
    },
    "cloudtasks.tasks": {
        pattern: /^[-\w]{1,500}$/,
        rule: `it must have 1 to 500 letters, digits, hyphens and underscores (${TASKS}/projects.locations.queues.tasks)`,
    },
    "eventarc.triggers": letterFirst(63, " (https://cloud.google.com/eventarc/docs/reference/rest)"),
    "iam.denyPolicies": {
        pattern: /^[a-z][a-z0-9.-]{2,62}$/,
        rule: "3 to 63 lower-case letters, digits, hyphens and dots, a letter first (https://cloud.google.com/iam/docs/reference/rest/v2/policies)",
    },
    "iam.roles": {
        pattern: /^[\w.]{3,64}$/,
        rule: "3 to 64 letters, digits, underscores and periods (https://cloud.google.com/iam/docs/creating-custom-roles)",
    },
    "iam.serviceAccounts": {
        pattern: /^[a-z](?:[-a-z0-9]{4,28}[a-z0-9])$/,
        rule: "6 to 30 lower-case letters, digits and hyphens, a letter first, no hyphen last (https://cloud.google.com/iam/docs/service-accounts-create)",
    },
    "vpcaccess.connectors": letterFirst(25, " (https://cloud.google.com/vpc/docs/configure-serverless-vpc-access)"),
    ...Object.fromEntries(
        ["endpoints", "namespaces", "services"].map((kind) => [
            `servicedirectory.${kind}`,
            letterFirst(63, " (https://docs.cloud.google.com/service-directory/docs/configuring-service-directory)"),
        ]),
    ),
    "pubsub.subscriptions": topicOrSubscription,
    "pubsub.topics": topicOrSubscription,
    "run.jobs": {
        pattern: /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/,
        rule: "only lower-case letters, digits and hyphens, beginning with a letter, at most 63 (https://cloud.google.com/run/docs/create-jobs)",
    },
    "run.services": {
        pattern: /^[a-z]([-a-z0-9]{0,47}[a-z0-9])?$/,
        rule: "only lower-case letters, digits and hyphens, beginning with a letter, at most 49 (https://cloud.google.com/run/docs/deploying)",
    },
    "run.workerPools": letterFirst(49, " (https://cloud.google.com/run/docs/deploy-worker-pools)"),
    "cloudkms.cryptoKeys": nameOfKey,
    "cloudkms.keyRings": nameOfKey,
    "secretmanager.secrets": {
        pattern: /^[-\w]{1,255}$/,
        rule: "it must have 1 to 255 letters, digits, hyphens and underscores (https://cloud.google.com/secret-manager/docs/reference/rest/v1/projects.secrets/create)",
    },
    "storage.buckets": {
        pattern:
            /^(?!goog)(?!.*google)(?!\d+(\.\d+){3}$)(?=.{3,222}$)[a-z0-9]([-_a-z0-9]{0,61}[a-z0-9])?(\.[a-z0-9]([-_a-z0-9]{0,61}[a-z0-9])?)*$/,
        rule: "it must have 3 to 63 lower-case letters, digits, hyphens and underscores, a letter or digit first and last, or several such parts joined by dots, and neither begin with goog nor have google in it (https://cloud.google.com/storage/docs/buckets#naming)",
    },
    "storage.objects": {
        pattern: /^(?!\.{1,2}$)(?!\.well-known\/acme-challenge\/)[^\r\n]{1,1024}$/,
        rule: "it must have 1 to 1024 bytes, without line ends, and not be . or .. (https://cloud.google.com/storage/docs/objects#naming)",
    },
    "workflows.workflows": {
        pattern: /^[a-zA-Z]([-_a-zA-Z0-9]{0,62}[a-zA-Z0-9])?$/,
        rule: "letters, digits, hyphens and underscores, beginning with a letter, at most 64 (https://cloud.google.com/workflows/docs/reference/rest/v1/projects.locations.workflows/create)",
    },
};

/** @throws ApiError INVALID_ARGUMENT if resources of this kind cannot have the ID */
export function checkResourceId(collection: string, id: string, field: string): void {
    const known = RULES[collection];
    if (known && !known.pattern.test(id)) {
        throw invalidArgument(`Invalid ${field} "${id}": ${known.rule}`, field);
    }
}
