import { strict as assert } from "node:assert";
import { setTimeout as sleep } from "node:timers/promises";
import * as grpc from "@grpc/grpc-js";
import * as pulumi from "@pulumi/pulumi";
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
import { startInline } from "../../../engine/program/inline";

type Done = (error: object | null, response?: unknown) => void;
type Answer = (call: { request: never }, done: Done) => void;

const info = new DeploymentInfo();
info.setProject("ended");
info.setStack("dev");
info.setOrganization("organization");
info.setSupportedfeaturesList(Object.values(ResourceMonitorFeature).filter((one) => typeof one === "number"));

/** What an engine answers that makes everything at once. */
const ANSWERS: Record<string, Answer> = {
    getDeploymentInfo: (_, done) => done(null, info),
    getRootResource: (_, done) => done(null, new GetRootResourceResponse()),
    setRootResource: (_, done) => done(null, new SetRootResourceResponse()),
    registerResource: (call, done) => {
        const request: RegisterResourceRequest = call.request;
        const response = new RegisterResourceResponse();
        response.setUrn(`urn:pulumi:dev::ended::${request.getType()}::${request.getName()}`);
        response.setObject(request.getObject());
        done(null, response);
    },
};

const empty: Answer = (_, done) => done(null, new Empty());

/** How an engine goes away with a request that it has got: it breaks everything off, refuses what comes, or both. */
const ENDS: Record<string, (server: grpc.Server, done: Done) => void> = {
    "breaks off": (server) => server.forceShutdown(),
    refuses: (_, done) => done({ code: grpc.status.UNAVAILABLE, details: "the update has ended" }),
    "refuses and breaks off": (server, done) => {
        done({ code: grpc.status.UNAVAILABLE, details: "the update has ended" });
        server.forceShutdown();
    },
};

/** Runs a function against an engine that goes away with its request of this number. Says how many requests came. */
async function runUntil(number: number, end: keyof typeof ENDS): Promise<number> {
    let requests = 0;
    const server = new grpc.Server();
    const answers = (service: object): grpc.UntypedServiceImplementation =>
        Object.fromEntries(
            Object.keys(service).map((method) => [
                method,
                (call: unknown, done: Done) => {
                    if (++requests >= number) {
                        return ENDS[end]?.(server, done);
                    }
                    (ANSWERS[method] ?? empty)(call as { request: never }, done);
                },
            ]),
        ) as grpc.UntypedServiceImplementation;
    server.addService(ResourceMonitorService, answers(ResourceMonitorService));
    server.addService(EngineService, answers(EngineService));
    const port = await new Promise<number>((done, fail) =>
        server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
            error === null ? done(bound) : fail(error),
        ),
    );
    const options = { project: "ended", stack: "dev", dryRun: false, parallel: 16, config: {} };
    const { exit } = startInline(program, { ...options, address: `127.0.0.1:${port}` });
    await Promise.race([exit, sleep(400)]);
    server.forceShutdown();
    return requests;
}

function program(): Promise<Record<string, unknown>> {
    const parent = new pulumi.ComponentResource("a:b:Parent", "parent", {});
    const child = new pulumi.ComponentResource("a:b:Child", "child", {}, { parent });
    return Promise.resolve({ child: child.urn });
}

describe("a function whose engine goes away", function () {
    this.timeout(60_000);
    const listeners = process.listeners("unhandledRejection");
    let unhandled: unknown[];
    const record = (error: unknown): void => {
        // The SDK listens as long as a run lasts.
        if (process.listenerCount("unhandledRejection") === 1) {
            unhandled.push(error);
        }
    };
    beforeEach(() => {
        unhandled = [];
        process.removeAllListeners("unhandledRejection").on("unhandledRejection", record);
    });
    afterEach(() => {
        process.removeAllListeners("unhandledRejection");
        for (const listener of listeners) {
            process.on("unhandledRejection", listener);
        }
    });

    for (const end of Object.keys(ENDS)) {
        it(`leaves no rejection that nobody handles: the engine ${end}, with each of its requests`, async () => {
            const all = await runUntil(Infinity, end);
            assert.ok(all > 5, `only ${all} requests came`);
            for (let number = 1; number <= all; number++) {
                await runUntil(number, end);
                await sleep(20);
                assert.deepEqual(unhandled, [], `with request ${number} of ${all}`);
            }
        });
    }
});
