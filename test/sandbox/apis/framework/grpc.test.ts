import assert from "node:assert/strict";
import { connect as connectHttp2, type IncomingHttpHeaders } from "node:http2";
import { request as httpRequest } from "node:http";
import type { Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import { create, fromBinary, fromJson, toBinary, toJson, type JsonObject } from "@bufbuild/protobuf";
import { google, message, service } from "../../../../sandbox/apis/framework/descriptors";
import { Sandbox } from "../../../../sandbox";

interface Answer {
    status: number;
    message: string;
    json: Record<string, unknown> | undefined;
}

const CLOUD_PLATFORM = "https://www.googleapis.com/auth/cloud-platform";

/** A gRPC call by hand: HTTP/2 through the proxy, length-prefixed messages, trailers. */
describe("the gRPC side of an API", () => {
    let sandbox: Sandbox;
    let token: string;
    before(async () => {
        sandbox = await Sandbox.start();
        token = sandbox.cloud.tokens.mintAccessToken({ kind: "user", email: "owner@example.com" }, [CLOUD_PLATFORM]);
    });
    after(() => sandbox.close());

    it("serves the methods that REST serves, with the same answers", async () => {
        const made = await call("secretmanager.googleapis.com", "google.cloud.secretmanager.v1.SecretManagerService", {
            CreateSecret: { parent: "projects/demo", secretId: "key", secret: { replication: { automatic: {} } } },
        });
        assert.equal(made.status, 0, made.message);
        const rest = await sandbox.request("GET", "https://secretmanager.googleapis.com/v1/projects/demo/secrets/key");
        assert.deepEqual(made.json, rest.body);
    });

    it("answers a long-running operation with the resource in it", async () => {
        await sandbox.request("POST", "https://iam.googleapis.com/v1/projects/demo/serviceAccounts", {
            body: { accountId: "orders" },
        });
        const serviceAccount = "orders@demo.iam.gserviceaccount.com";
        const made = await call("run.googleapis.com", "google.cloud.run.v2.Services", {
            CreateService: {
                parent: "projects/demo/locations/europe-west1",
                serviceId: "orders",
                service: { template: { serviceAccount, containers: [{ image: "a/b" }] } },
            },
        });
        assert.equal(made.status, 0, made.message);
        assert.equal(made.json?.done, true);
        const response = made.json.response as Record<string, unknown>;
        assert.equal(response["@type"], "type.googleapis.com/google.cloud.run.v2.Service");
        const polled = await call("run.googleapis.com", "google.longrunning.Operations", {
            GetOperation: { name: made.json.name },
        });
        assert.deepEqual(polled.json?.response, response);
    });

    it("ends with the status that REST answers as 404, 403, 401 and 501", async () => {
        const run = (method: string, request: object, bearer?: string): Promise<Answer> =>
            call("run.googleapis.com", "google.cloud.run.v2.Services", { [method]: request }, bearer);
        const name = "projects/demo/locations/europe-west1/services/none";
        assert.deepEqual(await status(run("GetService", { name })), [5, `Resource '${name}' was not found`]);
        const stranger = sandbox.cloud.tokens.mintAccessToken({ kind: "user", email: "s@example.com" }, [
            CLOUD_PLATFORM,
        ]);
        assert.equal((await run("GetService", { name }, stranger)).status, 7);
        assert.equal((await run("GetService", { name }, "ya29.made-up")).status, 16);
        assert.equal((await run("GetService", { name }, "")).status, 16);
        const tasks = await call("run.googleapis.com", "google.cloud.run.v2.Tasks", { GetTask: { name } });
        assert.deepEqual(
            [tasks.status, tasks.message],
            [12, "google.cloud.run.v2.Tasks.GetTask is not implemented by the sandbox"],
        );
    });

    it("answers UNIMPLEMENTED, by its name, to a service that the host does not serve", async () => {
        const unserved = await call("secretmanager.googleapis.com", "google.cloud.run.v2.Services", {
            GetService: { name: "x" },
        });
        assert.deepEqual(
            [unserved.status, unserved.message],
            [
                12,
                "google.cloud.run.v2.Services.GetService is not served by the sandbox at secretmanager.googleapis.com",
            ],
        );
    });

    it("takes a request without its body, as REST does with an empty one", async () => {
        const parent = "projects/demo/locations/europe-west1/workflows/none";
        const executions = "google.cloud.workflows.executions.v1.Executions";
        const { status: code } = await call("workflowexecutions.googleapis.com", executions, {
            CreateExecution: { parent },
        });
        const rest = await sandbox.request("POST", `https://workflowexecutions.googleapis.com/v1/${parent}/executions`);
        // The workflow is not there: that is found only after the request was taken.
        assert.deepEqual([code, rest.status], [5, 404]);
    });

    it("refuses times and durations that no calendar has with INVALID_ARGUMENT", async () => {
        for (const change of [
            { scheduleTime: { seconds: 1n << 60n } },
            { scheduleTime: { seconds: 0n, nanos: -5 } },
            { dispatchDeadline: { seconds: 1n << 60n } },
        ]) {
            const request = {
                parent: "projects/demo/locations/europe-west1/queues/q",
                task: { httpRequest: { url: "https://a.example/" }, ...change },
            };
            const input = message("google.cloud.tasks.v2.CreateTaskRequest");
            const bytes = toBinary(input, create(input, request));
            const made = await send(
                "cloudtasks.googleapis.com",
                "google.cloud.tasks.v2.CloudTasks",
                "CreateTask",
                bytes,
            );
            assert.equal(made.status, 3, made.message);
        }
    });

    it("refuses a token whose scopes do not reach, and takes one of the API's own", async () => {
        const list = (scope: string): Promise<Answer> => {
            const scoped = sandbox.cloud.tokens.mintAccessToken({ kind: "user", email: "owner@example.com" }, [scope]);
            return call(
                "pubsub.googleapis.com",
                "google.pubsub.v1.Publisher",
                { ListTopics: { project: "projects/demo" } },
                scoped,
            );
        };
        assert.deepEqual(await status(list("https://www.googleapis.com/auth/userinfo.email")), [
            7,
            "Request had insufficient authentication scopes.",
        ]);
        assert.equal((await list("https://www.googleapis.com/auth/pubsub")).status, 0);
    });

    const apis: [host: string, service: string, method: string, request: object][] = [
        [
            "workflows.googleapis.com",
            "google.cloud.workflows.v1.Workflows",
            "ListWorkflows",
            { parent: "projects/demo/locations/l" },
        ],
        [
            "cloudtasks.googleapis.com",
            "google.cloud.tasks.v2.CloudTasks",
            "ListQueues",
            { parent: "projects/demo/locations/l" },
        ],
        ["pubsub.googleapis.com", "google.pubsub.v1.Subscriber", "ListSubscriptions", { project: "projects/demo" }],
        [
            "cloudscheduler.googleapis.com",
            "google.cloud.scheduler.v1.CloudScheduler",
            "ListJobs",
            { parent: "projects/demo/locations/l" },
        ],
        [
            "logging.googleapis.com",
            "google.logging.v2.LoggingServiceV2",
            "ListLogEntries",
            { resourceNames: ["projects/demo"] },
        ],
        [
            "eventarc.googleapis.com",
            "google.cloud.eventarc.v1.Eventarc",
            "ListTriggers",
            { parent: "projects/demo/locations/l" },
        ],
        [
            "cloudfunctions.googleapis.com",
            "google.cloud.functions.v2.FunctionService",
            "ListFunctions",
            { parent: "projects/demo/locations/l" },
        ],
        [
            "artifactregistry.googleapis.com",
            "google.devtools.artifactregistry.v1.ArtifactRegistry",
            "ListRepositories",
            { parent: "projects/demo/locations/l" },
        ],
        [
            "cloudresourcemanager.googleapis.com",
            "google.cloud.resourcemanager.v3.Projects",
            "GetProject",
            { name: "projects/demo" },
        ],
        [
            "iap.googleapis.com",
            "google.cloud.iap.v1.IdentityAwareProxyAdminService",
            "GetIamPolicy",
            { resource: "projects/demo/iap_web" },
        ],
    ];
    for (const [host, name, method, request] of apis) {
        it(`reaches ${name}`, async () => {
            const { status: code, message: text } = await call(host, name, { [method]: request });
            assert.deepEqual([code, text], [0, ""]);
        });
    }

    it("reaches those that deal in executions and in credentials", async () => {
        const parent = "projects/demo/locations/europe-west1/workflows/none";
        const executions = "google.cloud.workflows.executions.v1.Executions";
        const none = await call("workflowexecutions.googleapis.com", executions, {
            GetExecution: { name: `${parent}/executions/x` },
        });
        assert.equal(none.status, 5, none.message);
        const credentials = "google.iam.credentials.v1.IAMCredentials";
        const name = "projects/-/serviceAccounts/none@demo.iam.gserviceaccount.com";
        const request = { GenerateAccessToken: { name, scope: [CLOUD_PLATFORM] } };
        assert.equal((await call("iamcredentials.googleapis.com", credentials, request)).status, 7);
    });

    async function status(answer: Promise<Answer>): Promise<[number, string]> {
        const { status: code, message: text } = await answer;
        return [code, text];
    }

    async function call(host: string, name: string, one: Record<string, object>, bearer = token): Promise<Answer> {
        const [[method, request] = ["", {}]] = Object.entries(one);
        const descriptor = service(name).methods.find((known) => known.name === method)!;
        const input = message(descriptor.input.typeName);
        const bytes = toBinary(input, fromJson(input, request as JsonObject, { registry: google() }));
        return send(host, name, method, bytes, bearer);
    }

    async function send(
        host: string,
        name: string,
        method: string,
        bytes: Uint8Array,
        bearer = token,
    ): Promise<Answer> {
        const descriptor = service(name).methods.find((known) => known.name === method)!;
        const output = message(descriptor.output.typeName);
        const registry = google();
        const frame = Buffer.concat([Buffer.alloc(5), bytes]);
        frame.writeUInt32BE(bytes.length, 1);

        const socket = await tunnel(`${host}:443`);
        const secure = connectTls({ socket, servername: host, ca: sandbox.network.caPem, ALPNProtocols: ["h2"] });
        const session = connectHttp2(`https://${host}`, { createConnection: () => secure });
        const stream = session.request({
            ":method": "POST",
            ":path": `/${name}/${method}`,
            "content-type": "application/grpc",
            te: "trailers",
            "grpc-timeout": "10S",
            ...(bearer && { authorization: `Bearer ${bearer}` }),
        });
        let head: IncomingHttpHeaders = {};
        let trailers: IncomingHttpHeaders = {};
        stream.on("response", (headers) => (head = headers));
        stream.on("trailers", (headers: IncomingHttpHeaders) => (trailers = headers));
        stream.end(frame);
        const chunks: Buffer[] = [];
        for await (const chunk of stream) {
            chunks.push(chunk as Buffer);
        }
        session.close();
        const body = Buffer.concat(chunks).subarray(5);
        const code = Number(trailers["grpc-status"] ?? head["grpc-status"]);
        return {
            status: code,
            // As Node's clients decode it: they leave `%3A` and `%2F` as they are.
            message: decodeURI(String(trailers["grpc-message"] ?? head["grpc-message"] ?? "")),
            json:
                code === 0
                    ? (toJson(output, fromBinary(output, body), { registry }) as Record<string, unknown>)
                    : undefined,
        };
    }

    function tunnel(target: string): Promise<Socket> {
        return new Promise((resolve, reject) => {
            httpRequest({ port: sandbox.network.port, host: "127.0.0.1", method: "CONNECT", path: target })
                .on("connect", (_response, socket) => resolve(socket))
                .on("error", reject)
                .end();
        });
    }
});
