import * as grpc from "@grpc/grpc-js";
import { EngineService } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { GetRootResourceResponse, SetRootResourceResponse } from "@pulumi/pulumi/proto/engine_pb";
import { ResourceMonitorService } from "@pulumi/pulumi/proto/resource_grpc_pb";
import {
    DeploymentInfo,
    RegisterResourceResponse,
    ResourceMonitorFeature,
    type RegisterResourceRequest,
} from "@pulumi/pulumi/proto/resource_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";

import { type InlineProgram, startInline } from "../../engine/program/inline";
import { type Running, startProgram } from "../../engine/program/program";
import { readProject } from "../../engine/project/project";

/** A program for {@link evaluate}: the directory of its project, or a function. */
export type Evaluated = string | InlineProgram;

/**
 * Runs a program as an update does, a preview and the update itself, against a monitor that answers every registration
 * at once with what it was given: what is left is the time of the program and of Pulumi's SDK alone. As in an update, a
 * directory's two processes start together, and the second waits in its first question until the first has ended.
 */
export async function evaluate(program: Evaluated, cacheDirectory: string): Promise<void> {
    const preview = once(program, cacheDirectory, Promise.resolve());
    // A function has nothing to prepare.
    if (typeof program !== "string") {
        await preview;
    }
    await Promise.all([preview, once(program, cacheDirectory, preview)]);
}

async function once(program: Evaluated, cacheDirectory: string, ready: Promise<void>): Promise<void> {
    const server = new grpc.Server();
    server.addService(ResourceMonitorService, bareMonitor(ready));
    server.addService(EngineService, bareEngine);
    const address = await new Promise<string>((done, fail) => {
        server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) =>
            error === null ? done(`127.0.0.1:${port}`) : fail(error),
        );
    });
    const common = {
        stack: "bare",
        dryRun: false,
        parallel: 16,
        address,
        config: { "gcp:project": { value: "demo" } },
    };
    let running: Running;
    if (typeof program === "string") {
        const project = await readProject(program, "bare", {});
        const rest = { environment: {}, cacheDirectory, typesChecked: false, onOutput: () => undefined };
        running = startProgram({ ...common, ...rest, project });
    } else {
        running = startInline(program, { ...common, project: "bare" });
    }
    const code = await running.exit;
    server.forceShutdown();
    if (code !== 0) {
        throw new Error(`the program ended with ${String(code)} against a monitor that answers everything`);
    }
}

type Call<Q> = { request: Q };
type Done = (error: null, response: unknown) => void;

const empty = (_: unknown, done: Done): void => done(null, new Empty());

const bareMonitor = (ready: Promise<void>): grpc.UntypedServiceImplementation => ({
    ...Object.fromEntries(Object.keys(ResourceMonitorService).map((method) => [method, empty])),
    getDeploymentInfo: (_: unknown, done: Done) => {
        const info = new DeploymentInfo();
        info.setProject("bare");
        info.setStack("bare");
        info.setOrganization("organization");
        info.getConfigMap().set("gcp:project", "demo");
        info.setSupportedfeaturesList(
            Object.values(ResourceMonitorFeature).filter((feature) => typeof feature === "number"),
        );
        void ready.then(() => done(null, info));
    },
    registerResource: ({ request }: Call<RegisterResourceRequest>, done: Done) => {
        const response = new RegisterResourceResponse();
        response.setUrn(`urn:pulumi:bare::bare::${request.getType()}::${request.getName()}`);
        if (request.getCustom()) {
            response.setId(request.getName());
        }
        response.setObject(request.getObject());
        // The SDK registers the stack itself without asking for anything before.
        void ready.then(() => done(null, response));
    },
});

const bareEngine: grpc.UntypedServiceImplementation = {
    ...Object.fromEntries(Object.keys(EngineService).map((method) => [method, empty])),
    getRootResource: (_: unknown, done: Done) => done(null, new GetRootResourceResponse()),
    setRootResource: (_: unknown, done: Done) => done(null, new SetRootResourceResponse()),
};
