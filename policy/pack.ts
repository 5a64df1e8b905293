import { PolicyPack } from "@pulumi/policy";
import { asPolicy } from "./as-policy";
import { onlyDeclaredCallers } from "./callers-rule";
import { noOpenFederation } from "./federation-rule";
import {
    noAuthoritativeGrants,
    noBroadRoles,
    noProjectWideInvoker,
    noPublicInvoker,
    noSelfImpersonation,
} from "./iam-rules";
import type { PolicyRule, StackRule } from "./rule";
import { workflowAuth, workflowAuthWarnings } from "./workflow-rules";
import {
    authenticatedSenders,
    noDefaultServiceAccount,
    noDisabledInvokerCheck,
    noServiceAccountKeys,
} from "./workload-rules";

/** Every rule of the pack for a single resource. */
export const policyRules: readonly PolicyRule[] = [
    workflowAuth,
    workflowAuthWarnings,
    noPublicInvoker,
    noDisabledInvokerCheck,
    noDefaultServiceAccount,
    noServiceAccountKeys,
    noProjectWideInvoker,
    noBroadRoles,
    noSelfImpersonation,
    noAuthoritativeGrants,
    noOpenFederation,
    authenticatedSenders,
];

/** Every rule of the pack for all resources of a stack together. */
export const stackRules: readonly StackRule[] = [onlyDeclaredCallers];

/**
 * All rules as a Pulumi policy pack. Put the example into the `index.ts` of a folder with a `PulumiPolicy.yaml` that says
 * `runtime: nodejs` and a `package.json` with a `name` and a `version`, and run `pulumi up --policy-pack FOLDER`. Enforcement
 * levels, and lists of resources to pass over, come from `--policy-pack-config` (https://www.pulumi.com/docs/iac/crossguard/configuration/).
 *
 * @param name The name of the pack. @default - `gcp-invoke`
 * @example
 * import { policyPack } from "pulumi-gcp-invoke/policy";
 * policyPack();
 */
export function policyPack(name = "gcp-invoke"): PolicyPack {
    return new PolicyPack(name, { policies: [...policyRules, ...stackRules].map((rule) => asPolicy(rule)) });
}
