import type { RestType } from "../rest";

/** `gcp.secretmanager.Secret`. https://cloud.google.com/secret-manager/docs/reference/rest/v1/projects.secrets */
export const secretManagerSecret: RestType = {
    token: "gcp:secretmanager/secret:Secret",
    base: "https://secretmanager.googleapis.com/v1/",
    id: "projects/{project}/secrets/{secretId}",
    create: "projects/{project}/secrets?secretId={secretId}",
    update: "mask",
    autoName: { property: "secretId", maximum: 255 },
    deleteBeforeReplace: true,
    outputDefaults: { deletionProtection: false },
    protectedAs: "secret",
    notSent: ["secretId", "ttl"],
    rename: { "SecretReplication.auto": "automatic", "SecretReplicationUserManaged.replicas": "replicas" },
    toBody: (body, inputs) => (inputs["ttl"] === undefined ? body : { ...body, ttl: inputs["ttl"] }),
    toOutputs: (outputs, remote) => ({ ...outputs, effectiveAnnotations: remote["annotations"] ?? {} }),
};
