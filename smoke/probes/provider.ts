import type { Context, Trial } from "../attempt";
import type { ProviderProbe } from "../spec";
import { ask, isEnd, type Need } from "./api";

const reading: Need = {
    failure: "the provider could not be read",
    permission: "iam.workloadIdentityPoolProviders.get",
    role: "roles/iam.workloadIdentityPoolViewer",
};

/** What is read of a provider: https://cloud.google.com/iam/docs/reference/rest/v1/projects.locations.workloadIdentityPools.providers */
interface Provider {
    attributeCondition?: string;
    attributeMapping?: Record<string, string>;
    oidc?: { issuerUri?: string };
}

/**
 * Compares whom a provider of Workload Identity Federation lets in with whom the program declares. Without its condition
 * everybody on the platform gets in whose attributes fit.
 */
export function providerTrial({ provider, label, condition, subject, issuer }: ProviderProbe, context: Context): Trial {
    return {
        ...{ caller: label, target: "Workload Identity Federation", token: "none", expected: condition },
        async attempt() {
            const read = await ask<Provider>(context, reading, "GET", `https://iam.googleapis.com/v1/${provider}`);
            if (isEnd(read)) {
                return read.status === 403 ? { ...read, outcome: "not-tried", got: "not readable" } : read;
            }
            const { attributeCondition = "", attributeMapping = {}, oidc } = read;
            const found: [what: string, declared: string, deployed: string][] = [
                ["condition", condition, attributeCondition],
                ["mapping of google.subject", subject, attributeMapping["google.subject"] ?? ""],
                ["issuer", issuer ?? "", oidc?.issuerUri ?? ""],
            ];
            const changed = found.find(([, declared, deployed]) => declared !== deployed);
            if (changed === undefined) {
                return { outcome: "passed", got: "as declared" };
            }
            const [what, declared, deployed] = changed;
            const cause = `the ${what} of ${provider} is ${deployed === "" ? "missing" : deployed}, and the program declares ${declared}: it was changed outside of the program, and may let others in`;
            const diagnosis = {
                code: "provider-changed",
                cause,
                fix: "pulumi up --refresh, or gcp-invoke sandbox up --refresh",
            };
            return { outcome: "failed", got: `another ${what}`, diagnosis };
        },
    };
}
