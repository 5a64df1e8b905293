import { PolicyPack } from "@pulumi/policy";
import { noAuthoritativeGrants, noProjectWideInvoker, noPublicInvoker, noSelfImpersonation } from "./iam-rules";
import { asPolicy, type PolicyRule } from "./rule";
import { workflowAuth, workflowAuthWarnings } from "./workflow-rules";
import {
    authenticatedSenders,
    noDefaultServiceAccount,
    noDisabledInvokerCheck,
    noServiceAccountKeys,
} from "./workload-rules";

/** Every rule of the pack. */
export const policyRules: readonly PolicyRule[] = [
    workflowAuth,
    workflowAuthWarnings,
    noPublicInvoker,
    noDisabledInvokerCheck,
    noDefaultServiceAccount,
    noServiceAccountKeys,
    noProjectWideInvoker,
    noSelfImpersonation,
    noAuthoritativeGrants,
    authenticatedSenders,
];

/**
 * The rules as a Pulumi policy pack. Its folder needs a `PulumiPolicy.yaml` (`runtime: nodejs`) and this as `index.ts`;
 * then `pulumi up --policy-pack FOLDER`. Levels and allow-lists come from `--policy-pack-config`.
 *
 * @example
 * import { policyPack } from "pulumi-gcp-invoke/policy";
 * policyPack();
 */
export function policyPack(name = "gcp-invoke"): PolicyPack {
    return new PolicyPack(name, { policies: policyRules.map(asPolicy) });
}
