import type { DescMethod } from "@bufbuild/protobuf";
import type { ApiDefinition, Json, Method } from "../../cloud";
import { admit, type Arrival } from "./access";
import { auditOf, subjectOf } from "./audit";
import { oauthScopes, service } from "./descriptors";
import { unimplemented } from "./errors";
import { canonical } from "./messages";
import { checkMask, checkRequired, checkServed, requiredOf, withBody, withProjectIds } from "./requests";
import { InternalError } from "../../../errors";

/** A method of a proto service, ready to be called by REST and by gRPC. */
export interface Endpoint {
    /** `google.cloud.run.v2.Services.CreateService`. */
    readonly name: string;
    readonly descriptor: DescMethod;
    readonly method: Method | undefined;
    readonly scopes: readonly string[];
}

/** Every method of the services that an API defines. Those without an implementation answer 501 with their name. */
export function endpoints(definition: ApiDefinition): Endpoint[] {
    return Object.entries(definition.services ?? {}).flatMap(([name, methods]) => {
        const descriptor = service(name);
        const unknown = Object.keys(methods).find((key) => !descriptor.methods.some((known) => known.name === key));
        if (unknown !== undefined) {
            throw new InternalError(`${name} has no method ${unknown}`);
        }
        const scopes = [...oauthScopes(descriptor), ...(definition.scopes ?? [])];
        return descriptor.methods.map((known) => ({
            name: `${name}.${known.name}`,
            descriptor: known,
            method: methods[known.name],
            scopes,
        }));
    });
}

/**
 * Calls a method: authenticates, authorizes, handles, and checks the answer against its proto.
 * @param request canonical JSON
 */
export async function invoke(endpoint: Endpoint, request: Json, arrival: Arrival): Promise<Json> {
    const { method, descriptor } = endpoint;
    if (!method) {
        throw unimplemented(endpoint.name);
    }
    const whole = withBody(descriptor, request);
    const named = method.keepsNames ? whole : withProjectIds(descriptor.input, whole, arrival.cloud);
    const audit = auditOf(
        arrival,
        method,
        endpoint.name,
        () => subjectOf(named) || (method.resource?.(named, arrival.cloud) ?? ""),
        endpoint.scopes,
    );
    try {
        const call = admit(arrival, method, named, endpoint.scopes, () => {
            checkRequired(requiredOf(descriptor), whole);
            checkMask(descriptor.input, whole);
            checkServed(endpoint.name, descriptor.input, whole);
        });
        const answer = canonical(descriptor.output, await method.handle(named, call));
        audit.allowed();
        return answer;
    } catch (error) {
        audit.refused(error);
        throw error;
    }
}

/**
 * Calls a method whose messages flow both ways. The first request is authorized; the others belong to the same call.
 * @param requests canonical JSON
 */
export async function* invokeStream(
    endpoint: Endpoint,
    requests: AsyncIterable<Json>,
    arrival: Arrival,
    signal: AbortSignal,
): AsyncIterable<Json> {
    const { method, descriptor } = endpoint;
    if (!method?.stream) {
        throw unimplemented(endpoint.name);
    }
    const iterator = requests[Symbol.asyncIterator]();
    const opening = await iterator.next();
    if (opening.done) {
        return;
    }
    const first = withProjectIds(descriptor.input, opening.value, arrival.cloud);
    const call = admit(arrival, method, first, endpoint.scopes, () => checkRequired(requiredOf(descriptor), first));
    const all = (async function* () {
        yield first;
        yield* { [Symbol.asyncIterator]: () => iterator };
    })();
    for await (const answer of method.stream(all, call, signal)) {
        yield canonical(descriptor.output, answer);
    }
}
