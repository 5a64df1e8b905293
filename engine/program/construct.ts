import type { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { type CallRequest, ConstructRequest, type ConstructResponse } from "@pulumi/pulumi/proto/provider_pb";
import { hooksMessage } from "../callbacks";
import { fromStruct, setAliases, toStruct } from "../protocol";
import { call, type Done } from "../provider";
import { aliasMessage, type DesiredState, type RegisteredResource } from "../steps";
import { describeDeployment } from "./deployment-info";
import type { DeploymentInfo } from "./stack-info";

/** What a component is made with, besides its desired state. */
export interface ConstructContext extends DeploymentInfo {
    /** Where the plugin registers what the component consists of. */
    address: string;
    /** The explicit providers by their packages, as `URN::ID`. */
    providers: Record<string, string>;
}

/**
 * Has a plugin make a component. The plugin registers the component, and all that it consists of, with this engine like a
 * program does.
 */
export async function construct(
    client: ResourceProviderClient,
    desired: DesiredState,
    context: ConstructContext,
): Promise<RegisteredResource> {
    const request = requestFor(desired, context);
    const response = await call(
        (sent: ConstructRequest, done: Done<ConstructResponse>) => client.construct(sent, done),
        request,
    );
    const dependencies = [...response.getStatedependenciesMap().entries()].map(
        ([key, found]) => [key, found.getUrnsList()] as const,
    );
    return {
        urn: response.getUrn(),
        outputs: fromStruct(response.getState()),
        propertyDependencies: Object.fromEntries(dependencies),
    };
}

function requestFor(desired: DesiredState, context: ConstructContext): ConstructRequest {
    const request = new ConstructRequest()
        .setMonitorendpoint(context.address)
        .setType(desired.type)
        .setName(desired.name)
        .setParent(desired.parent)
        .setInputs(toStruct(desired.inputs))
        .setDependenciesList(desired.dependencies)
        .setProtect(desired.protect ?? false)
        .setRetainondelete(desired.retainOnDelete ?? false)
        .setIgnorechangesList(desired.ignoreChanges)
        .setReplaceonchangesList(desired.replaceOnChanges)
        .setDeletedwith(desired.deletedWith)
        .setAcceptsOutputValues(true)
        // The component's process registers them by these names, and the engine calls them in the program.
        .setResourceHooks(hooksMessage(desired.hooks));
    describeDeployment(asDeployment(request), context);
    setAliases(request, desired.aliases.map(aliasMessage));
    for (const [key, urns] of Object.entries(desired.propertyDependencies)) {
        const found = new ConstructRequest.PropertyDependencies().setUrnsList(urns);
        request.getInputdependenciesMap().set(key, found);
    }
    for (const [name, reference] of Object.entries(context.providers)) {
        request.getProvidersMap().set(name, reference);
    }
    return request;
}

/** A request under the names that other messages about a stack have for the same. */
export function asDeployment(request: ConstructRequest | CallRequest): Parameters<typeof describeDeployment>[0] {
    return request as unknown as Parameters<typeof describeDeployment>[0];
}
