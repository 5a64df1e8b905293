import type { Context, Trial } from "../attempt";
import { providerSettings } from "../provider-settings";
import type { ProviderProbe } from "../spec";
import { ask, isEnd, type Need } from "./api";

const reading: Need = {
    failure: "the provider could not be read",
    permission: "iam.workloadIdentityPoolProviders.get",
    role: "roles/iam.workloadIdentityPoolViewer",
};

/**
 * Compares whom a provider of Workload Identity Federation lets in with whom the program declares. Without its condition
 * everybody on the platform gets in whose attributes fit.
 */
export function providerTrial({ provider, label, condition, settings }: ProviderProbe, context: Context): Trial {
    return {
        ...{ caller: label, target: "Workload Identity Federation", token: "none", expected: condition },
        async attempt() {
            const read = await ask<{ attributeCondition?: string }>(
                context,
                reading,
                "GET",
                `https://iam.googleapis.com/v1/${provider}`,
            );
            if (isEnd(read)) {
                return read.status === 403 ? { ...read, outcome: "not-tried", got: "not readable" } : read;
            }
            const deployed = { condition: read.attributeCondition ?? "", ...providerSettings(read) };
            const declared = { condition, ...settings };
            const at = (values: Record<string, string>, field: string): string => values[field] ?? "";
            const fields = Object.keys({ ...declared, ...deployed });
            const changed = fields.find((field) => at(declared, field) !== at(deployed, field));
            if (changed === undefined) {
                return { outcome: "passed", got: "as declared" };
            }
            const known = (value: string, word: string): string => (value === "" ? word : value);
            const cause = `the ${changed} of ${provider} is ${known(at(deployed, changed), "missing")}, and the program declares ${known(at(declared, changed), "none")}: it was changed outside of the program, and may let others in`;
            const diagnosis = {
                code: "provider-changed",
                cause,
                fix: "pulumi up --refresh, or gcp-invoke sandbox up --refresh",
            };
            return { outcome: "failed", got: `another ${changed}`, diagnosis };
        },
    };
}
