import type { CredentialOptions } from "../../credentials";
import { pulumi } from "./pulumi-cli";
import type { SpecFlags } from "./read-specs";

/** The configuration of the stack says as whom the provider acts. The environment says all else that it needs. */
export async function configuredCredentials(
    directory: string,
    flags: SpecFlags & { as?: string },
): Promise<CredentialOptions> {
    if (flags.as !== undefined) {
        return { impersonateServiceAccount: flags.as };
    }
    if ([flags.spec, flags.state, flags.specs].some((from) => from !== undefined)) {
        return {};
    }
    const config = (await pulumi(["config", "--json"], directory, flags.stack)) as Record<
        string,
        { value?: string } | undefined
    >;
    const account = config["gcp:impersonateServiceAccount"]?.value;
    return account === undefined ? {} : { impersonateServiceAccount: account };
}
