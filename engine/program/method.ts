import type { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { CallRequest, type CallResponse } from "@pulumi/pulumi/proto/provider_pb";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb";

import { fromStruct, toStruct } from "../protocol";
import { call, type Done } from "../provider";
import { fromOutputValues } from "../values";
import { asDeployment, type ConstructContext } from "./construct";
import { describeDeployment } from "./deployment-info";

/** What a program asks for when it calls a method of a component or of a provider. */
export interface MethodCall {
    getTok(): string;
    getArgs(): Struct | undefined;
    getProvider(): string;
    getArgdependenciesMap(): { entries(): Iterable<[string, { getUrnsList(): string[] }]> };
}

/** Has a plugin answer a method. What the method registers, the plugin registers with this engine like a program does. */
export async function callMethod(
    client: ResourceProviderClient,
    asked: MethodCall,
    context: Omit<ConstructContext, "providers">,
): Promise<CallResponse> {
    const request = new CallRequest()
        .setTok(asked.getTok())
        .setArgs(toStruct(fromStruct(asked.getArgs())))
        .setMonitorendpoint(context.address);
    describeDeployment(asDeployment(request), context);
    for (const [key, found] of asked.getArgdependenciesMap().entries()) {
        const dependencies = new CallRequest.ArgumentDependencies().setUrnsList(found.getUrnsList());
        request.getArgdependenciesMap().set(key, dependencies);
    }
    const response = await call((sent: CallRequest, done: Done<CallResponse>) => client.call(sent, done), request);
    return response.setReturn(toStruct(fromOutputValues(fromStruct(response.getReturn()))));
}
