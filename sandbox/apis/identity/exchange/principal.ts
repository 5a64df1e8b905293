import type { Principal } from "../../../cloud";
import { evaluateExpression } from "../../../iam";
import type { Json } from "../../framework";
import { Refused } from "./refused";
import type { Target } from "./target";

/**
 * What a provider of AWS maps that has no mapping of its own.
 * https://cloud.google.com/iam/docs/workload-identity-federation-with-other-clouds#mappings-and-conditions
 */
const AWS_MAPPING = {
    "google.subject": "assertion.arn",
    "attribute.aws_role":
        "assertion.arn.contains('assumed-role') ? assertion.arn.extract('{account_arn}assumed-role/') + 'assumed-role/' + assertion.arn.extract('assumed-role/{role_name}/') : assertion.arn",
};

/** https://cloud.google.com/iam/docs/workload-identity-federation-with-x509-certificates#mappings-and-conditions */
const X509_MAPPING = { "google.subject": "assertion.subject.dn.cn" };

/** The principal of an assertion, by the provider's mapping. @throws Refused if there is none */
export function principalOf(assertion: Json, { provider, pool }: Target): Principal {
    const { attributeMapping = {} } = provider;
    const unmapped = provider.aws ? AWS_MAPPING : provider.x509 ? X509_MAPPING : {};
    const mapping: Record<string, string> = Object.keys(attributeMapping).length === 0 ? unmapped : attributeMapping;
    const mapped = Object.fromEntries(
        Object.entries(mapping).map(([key, expression]) => [key, evaluateExpression(expression, { assertion })]),
    );
    const subject = mapped["google.subject"];
    if (typeof subject !== "string" || subject === "" || Buffer.byteLength(subject) > 127) {
        throw new Refused("invalid_request", "The mapped attribute 'google.subject' must be a text of 1 to 127 bytes");
    }
    const own: Json = Object.fromEntries(
        Object.entries(mapped).flatMap(([key, value]) =>
            key.startsWith("attribute.") ? [[key.slice("attribute.".length), value]] : [],
        ),
    );
    const context = { assertion, attribute: own, google: { subject, groups: mapped["google.groups"] ?? [] } };
    if (provider.attributeCondition && evaluateExpression(provider.attributeCondition, context) !== true) {
        throw new Refused("unauthorized_client", "The given credential is rejected by the attribute condition.");
    }
    const groups = mapped["google.groups"];
    return {
        kind: "federated",
        subject: `principal:${pool}/subject/${subject}`,
        sets: [
            `principalSet:${pool}/*`,
            ...(Array.isArray(groups) ? groups.map((group) => `principalSet:${pool}/group/${String(group)}`) : []),
            ...Object.entries(own).flatMap(([key, value]) =>
                typeof value === "string" ? [`principalSet:${pool}/attribute.${key}/${value}`] : [],
            ),
        ],
    };
}
