import * as grpc from "@grpc/grpc-js";
import { EngineService, type IEngineServer } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { GetRootResourceResponse, LogSeverity, SetRootResourceResponse } from "@pulumi/pulumi/proto/engine_pb";
import { ResourceMonitorService, type IResourceMonitorServer } from "@pulumi/pulumi/proto/resource_grpc_pb";
import {
    ReadResourceResponse,
    RegisterPackageResponse,
    RegisterResourceResponse,
    Result,
    SupportsFeatureResponse,
} from "@pulumi/pulumi/proto/resource_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";

import { ProgramError, UnsupportedError } from "../errors";
import { fromStruct, InvokeAnswer, later, toStruct } from "../protocol";
import { isKind, isObject, mapMembers, type Properties, UNKNOWN, type Value } from "../values";
import { deploymentInfo, isOffered } from "./deployment-info";
import { registerPackage } from "./packages";
import { bindUnusedPort } from "./port";
import type { Session } from "./session";

/** Serves Pulumi's protocols of the resource monitor and of the engine to one program, on a loopback port of its own. */
export class Monitor {
    private readonly server = new grpc.Server({
        "grpc.max_receive_message_length": -1,
        "grpc.max_send_message_length": -1,
    });
    private root = "";

    constructor(private readonly session: Session) {
        this.server.addService(ResourceMonitorService, this.monitorMethods());
        this.server.addService(EngineService, this.engineMethods());
    }

    /** Starts to listen, and returns the address. */
    async listen(): Promise<string> {
        return `127.0.0.1:${await bindUnusedPort(this.server)}`;
    }

    close(): void {
        this.server.forceShutdown();
    }

    private monitorMethods(): IResourceMonitorServer {
        const { session } = this;
        const methods: IResourceMonitorServer = {
            getDeploymentInfo: unary(async () => {
                await session.ready;
                return deploymentInfo(session);
            }) as unknown as IResourceMonitorServer["getDeploymentInfo"],
            supportsFeature: unary((request) => {
                const response = new SupportsFeatureResponse();
                response.setHassupport(isOffered(request.getId()));
                return Promise.resolve(response);
            }),
            registerResource: unary(async (request) => {
                // The registration of the stack itself is the first request of some SDKs.
                await session.ready;
                const registered = await session.registerResource(request);
                const { urn, id, outputs, unknown = false, propertyDependencies = {} } = registered;
                const response = new RegisterResourceResponse();
                response.setUrn(urn);
                if (id !== undefined) {
                    response.setId(id);
                }
                // Older SDKs cannot be told that outputs are unknown, but treat those of a failure so.
                if (unknown && later(response).setUnknown?.(true) === undefined) {
                    response.setResult(Result.FAIL);
                }
                response.setObject(toStruct(toSendable(outputs)));
                for (const [key, urns] of Object.entries(propertyDependencies)) {
                    const found = new RegisterResourceResponse.PropertyDependencies();
                    response.getPropertydependenciesMap().set(key, found.setUrnsList(urns));
                }
                return response;
            }),
            readResource: unary(async (request) => {
                const { urn, outputs } = await session.readResource(request);
                const response = new ReadResourceResponse();
                response.setUrn(urn);
                response.setProperties(toStruct(toSendable(outputs)));
                return response;
            }),
            invoke: unary(async (request) => {
                const outputs = await session.invoke(
                    request.getTok(),
                    fromStruct(request.getArgs()),
                    request.getProvider(),
                );
                const response = new InvokeAnswer();
                return response.setReturn(toStruct(toSendable(outputs)));
            }),
            call: unary((request) => session.call(request)),
            existsResource: unsupported("existsResource"),
            registerResourceOutputs: unary(async (request) => {
                await session.registerResourceOutputs(request.getUrn(), fromStruct(request.getOutputs()));
                return new Empty();
            }),
            registerStackTransform: unary((request) => {
                session.transforms.addForStack(request);
                return Promise.resolve(new Empty());
            }),
            registerStackInvokeTransform: unary((request) => {
                session.transforms.addForInvokes(request);
                return Promise.resolve(new Empty());
            }),
            registerResourceHook: unary((request) => {
                const callback = request.getCallback();
                if (callback === undefined) {
                    throw new ProgramError(`hook "${request.getName()}" has no callback`);
                }
                session.hooks.register(request.getName(), {
                    callback,
                    onDryRun: request.getOnDryRun(),
                    ignoreErrors: later(request).getIgnoreErrors?.() ?? false,
                });
                return Promise.resolve(new Empty());
            }),
            registerErrorHook: unary((request) => {
                const callback = request.getCallback();
                if (callback === undefined) {
                    throw new ProgramError(`error hook "${request.getName()}" has no callback`);
                }
                session.hooks.registerErrorHook(request.getName(), callback);
                return Promise.resolve(new Empty());
            }),
            registerPackage: unary((request) => {
                if (later(request).hasExtension$?.() === true) {
                    throw new UnsupportedError(
                        `the sandbox's engine does not extend packages by parameters (${request.getName()})`,
                        { fix: "run this program with the Pulumi CLI against the sandbox" },
                    );
                }
                const given = request.getParameterization();
                if (given !== undefined) {
                    const [base, version, value] = [request.getName(), given.getVersion(), given.getValue_asB64()];
                    registerPackage(session.deployment, given.getName(), { base, version, value });
                }
                const response = new RegisterPackageResponse();
                response.setRef(`${request.getName()}@${request.getVersion()}`);
                return Promise.resolve(response);
            }),
            signalAndWaitForShutdown: unary(async () => {
                await session.programEnded();
                return new Empty();
            }),
        };
        return methods;
    }

    private engineMethods(): IEngineServer {
        const { session } = this;
        const methods: IEngineServer = {
            log: unary(async (request) => {
                const severity = request.getSeverity();
                // Debug messages are many, and meant for a log of the engine.
                if (severity === LogSeverity.DEBUG) {
                    return new Empty();
                }
                // The messages of an update that still waits for its preview are shown after the preview.
                await session.ready;
                if (request.getEphemeral()) {
                    session.progress(request.getMessage(), request.getUrn());
                } else {
                    const names = {
                        [LogSeverity.INFO]: "info",
                        [LogSeverity.WARNING]: "warning",
                        [LogSeverity.ERROR]: "error",
                    } as const;
                    session.log(names[severity as 1 | 2 | 3], request.getMessage(), request.getUrn());
                }
                return new Empty();
            }),
            getRootResource: unary(() => {
                const response = new GetRootResourceResponse();
                response.setUrn(this.root);
                return Promise.resolve(response);
            }),
            setRootResource: unary((request) => {
                this.root = request.getUrn();
                return Promise.resolve(new SetRootResourceResponse());
            }),
            startDebugging: unsupported("the debugger"),
            requirePulumiVersion: unary(() => Promise.resolve(new Empty())),
        };
        return methods;
    }
}

/** Properties as a `Struct` can have them, without `undefined`. References to resources without an id get an empty id. */
function toSendable(properties: Properties): Properties {
    const clean = (value: Value | undefined): Value => {
        if (value === undefined) {
            return null;
        }
        const sent = isKind(value, "resource") && value["id"] === UNKNOWN ? { ...value, id: "" } : value;
        return sent !== null && typeof sent === "object" ? mapMembers(sent, clean) : sent;
    };
    const cleaned = clean(properties);
    return isObject(cleaned) ? cleaned : {};
}

/** A method that answers with the result of a promise, or with an error as its status. */
function unary<Q, R>(answer: (request: Q) => Promise<R>): grpc.handleUnaryCall<Q, R> {
    return (call, done) => {
        Promise.resolve()
            .then(() => answer(call.request))
            .then(
                (response) => done(null, response),
                (error: unknown) => {
                    const { message, code = grpc.status.UNKNOWN } = error as Error & { code?: grpc.status };
                    done({ code, message, details: message, metadata: new grpc.Metadata(), name: "Error" });
                },
            );
    };
}

/** A method that this engine does not support. */
function unsupported<Q, R>(what: string): grpc.handleUnaryCall<Q, R> {
    return unary(() => {
        throw new UnsupportedError(`the sandbox's engine does not support ${what}`, {
            fix: "run this program with the Pulumi CLI against the sandbox",
        });
    });
}
