import type { Said } from "./said";

const ignore = "write # gcp-invoke-ignore rule: reason";
const keep =
    "revoke it; if auth cannot take its place, keep another in Secret Manager and read it with googleapis.secretmanager.v1.projects.secrets.versions.accessString";

/** Advice about texts that should not be in a source. A message never contains the credential itself. */
export const sourceAdvice = {
    "credential-literal/form": (step: string, form: string): Said => [`${step} holds ${form} in the source`, keep],
    "credential-literal/token": (step: string): Said => [
        `${step} holds a Google access token in the source`,
        "remove it, and give auth to the calls that need a token: this one runs out within an hour",
    ],
    "credential-literal/name": (step: string, name: string): Said => [
        `${step} holds a credential in "${name}" in the source`,
        keep,
    ],
    "public-invoker/grant": (step: string): Said => [
        `${step} grants everyone an invoker role`,
        "grant the role to the service account that calls",
    ],
    "placeholder/text": (step: string, text: string): Said => [
        `${step} holds ${text.length > 60 ? "a placeholder" : `the placeholder ${text}`}`,
        "audit the source as it is deployed, or pass the value as an environment variable",
    ],
    "ignore-without-reason/no-rule": (): Said => ["this gcp-invoke-ignore comment names no rule", ignore],
    "ignore-without-reason/unknown-rule": (rule: string, meant: string): Said => [
        `this gcp-invoke-ignore comment names the rule "${rule}", which does not exist${meant}`,
        ignore,
    ],
    "ignore-without-reason/no-reason": (rule: string): Said => [
        "this gcp-invoke-ignore comment gives no reason",
        `write # gcp-invoke-ignore ${rule}: reason`,
    ],
};
