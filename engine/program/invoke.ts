import { StackError, UnsupportedError } from "../errors";
import type { Deployment } from "../steps";
import { asText, hasUnknown, plainProperties, type Properties } from "../values";

/** The engine's own function by which an SDK asks for a resource that an output refers to. */
const GET_RESOURCE = "pulumi:pulumi:getResource";

/** Calls a function of a provider. As with Pulumi, the program itself handles an error of the provider. */
export async function invoke(
    deployment: Deployment,
    token: string,
    given: Properties,
    providerReference: string,
): Promise<Properties> {
    const args = plainProperties(given);
    const { providers, dryRun } = deployment.options;
    if (token === GET_RESOURCE) {
        return registered(deployment, asText(args["urn"] ?? null));
    }
    const provider = providers(token);
    if (provider?.invoke === undefined) {
        throw new UnsupportedError(`the sandbox's engine does not support function ${token}`, {
            fix: "run this program with the Pulumi CLI against the sandbox",
        });
    }
    if (hasUnknown(args)) {
        return {};
    }
    const reference = providerReference === "" ? undefined : providerReference;
    return await provider.invoke(token, args, deployment.providerSettings(token, reference), dryRun);
}

/** A resource that this run has registered or read, with its outputs as they are known by now. */
function registered(deployment: Deployment, urn: string): Properties {
    const state = deployment.resourceProgress.stateOf(urn);
    if (state === undefined) {
        throw new StackError(`unknown resource ${urn}`, {
            fix: "refer to a resource that the program has made or read",
        });
    }
    return { urn, id: state.id ?? "", state: state.outputs };
}
