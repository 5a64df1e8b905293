import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import path from "node:path";
import { credentials } from "@grpc/grpc-js";
import * as grpc from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import * as proto from "@pulumi/pulumi/proto/analyzer_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { policyRules, stackRules } from "../../policy";

const { root, nodeArguments, environment } = createRequire(__filename)("../../scripts/sources.cjs") as {
    root: string;
    nodeArguments: string[];
    environment: NodeJS.ProcessEnv;
};

/** What stands for a value that a preview does not know yet, in Pulumi's protocol. */
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

describe("the policy pack, served as Pulumi runs it", () => {
    let pack: ChildProcess;
    let client: grpc.AnalyzerClient;

    before(async () => {
        const runner = path.join(root, "node_modules/@pulumi/pulumi/cmd/run-policy-pack/index.js");
        const engine = "127.0.0.1:1";
        pack = spawn(process.execPath, [...nodeArguments, runner, engine, path.join(__dirname, "pack")], {
            cwd: root,
            env: environment,
            stdio: ["ignore", "pipe", "inherit"],
        });
        assert.ok(pack.stdout);
        const [port] = (await once(pack.stdout, "data")) as [Buffer];
        client = new grpc.AnalyzerClient(`127.0.0.1:${port.toString().trim()}`, credentials.createInsecure());
    });
    after(() => {
        client.close();
        pack.kill();
    });

    function analyze(type: string, props: object, name = "it"): Promise<proto.AnalyzeDiagnostic.AsObject[]> {
        const request = new proto.AnalyzeRequest();
        request.setType(type);
        request.setName(name);
        request.setUrn(`urn:pulumi:dev::p::${type}::${name}`);
        request.setProperties(Struct.fromJavaScript(props as Parameters<typeof Struct.fromJavaScript>[0]));
        request.setOptions(new proto.AnalyzerResourceOptions());
        return new Promise((resolve, reject) => {
            client.analyze(request, (error, response) =>
                error === null ? resolve(response.getDiagnosticsList().map((d) => d.toObject())) : reject(error),
            );
        });
    }

    const service = "gcp:cloudrunv2/service:Service";
    const workflow = "gcp:workflows/workflow:Workflow";
    const source = (rest: string): string =>
        `main: {steps: [{a: {call: http.get, args: {url: "https://a-abcdefghij-uc.a.run.app"${rest}}}}]}`;
    const account = "fulfil@p.iam.gserviceaccount.com";

    it("names each of its rules to the engine", async () => {
        const info = await new Promise<proto.AnalyzerInfo>((resolve, reject) => {
            client.getAnalyzerInfo(new Empty(), (error, answer) => (error === null ? resolve(answer) : reject(error)));
        });
        assert.equal(info.getName(), "gcp-invoke");
        assert.deepEqual(
            info.getPoliciesList().map((policy) => policy.getName()),
            [...policyRules, ...stackRules].map(({ name }) => name),
        );
    });

    it("refuses a workflow whose call sends no credential, and passes it with one", async () => {
        const [found, ...more] = await analyze(workflow, { serviceAccount: account, sourceContents: source("") });
        assert.equal(more.length, 0);
        assert.equal(found?.policyname, "workflow-auth");
        assert.equal(found.enforcementlevel, proto.EnforcementLevel.MANDATORY);
        assert.match(found.message, /it:1:\d+: missing-auth: call "a" sends no credential/);
        const right = source(", auth: {type: OIDC}");
        assert.deepEqual(await analyze(workflow, { serviceAccount: account, sourceContents: right }), []);
    });

    it("reads a source that is a secret, and shows no more of it than the finding", async () => {
        const SECRET = "1b47061264138c4ac30d75fd1eb44270";
        const secret = {
            "4dabf18193072939515e22adb298388d": SECRET,
            value: source(", body: {client_secret: 8a7d6f5e4c3b2a190f}"),
        };
        const found = await analyze(workflow, { serviceAccount: account, sourceContents: secret });
        assert.deepEqual(
            found.map(({ message }) => /: ([a-z-]+): /.exec(message)?.[1]),
            ["missing-auth", "credential-literal"],
        );
        assert.doesNotMatch(JSON.stringify(found), /8a7d6f5e4c3b2a190f/);
    });

    it("judges the values that a preview knows, and leaves the others open", async () => {
        const unknown = { serviceAccount: UNKNOWN, sourceContents: source(""), userEnvVars: { A: UNKNOWN } };
        const found = await analyze(workflow, unknown);
        assert.deepEqual(
            found.filter((d) => d.enforcementlevel === proto.EnforcementLevel.MANDATORY).map((d) => d.policyname),
            ["workflow-auth"],
        );
        assert.deepEqual(await analyze(workflow, { serviceAccount: UNKNOWN, sourceContents: UNKNOWN }), []);
        const member = "gcp:cloudrunv2/serviceIamMember:ServiceIamMember";
        assert.deepEqual(await analyze(member, { role: "roles/run.invoker", member: UNKNOWN }), []);
        const push = "gcp:pubsub/subscription:Subscription";
        const token = { oidcToken: { serviceAccountEmail: UNKNOWN } };
        assert.deepEqual(await analyze(push, { pushConfig: { pushEndpoint: UNKNOWN, ...token } }), []);
        const [bare] = await analyze(push, { pushConfig: { pushEndpoint: UNKNOWN } });
        assert.match(bare?.message ?? "", /sends no oidcToken/);
    });

    it("judges all resources of a stack together, also by values that a preview does not know yet", async () => {
        const member = "gcp:cloudrunv2/serviceIamMember:ServiceIamMember";
        const place = { project: "p", location: "europe-west1", name: "orders" };
        const resources = [
            { type: service, name: "orders", props: { ...place, template: { serviceAccount: UNKNOWN } } },
            {
                type: member,
                name: "eve",
                props: { ...place, role: "roles/run.invoker", member: "user:eve@example.com" },
            },
            { type: member, name: "later", props: { ...place, role: "roles/run.invoker", member: UNKNOWN } },
        ];
        const request = new proto.AnalyzeStackRequest();
        for (const { type, name, props } of resources) {
            const each = new proto.AnalyzerResource();
            each.setType(type);
            each.setName(name);
            each.setUrn(`urn:pulumi:dev::p::${type}::${name}`);
            each.setProperties(Struct.fromJavaScript(props));
            each.setOptions(new proto.AnalyzerResourceOptions());
            request.addResources(each);
        }
        const found = await new Promise<proto.AnalyzeDiagnostic.AsObject[]>((resolve, reject) => {
            client.analyzeStack(request, (error, response) =>
                error === null ? resolve(response.getDiagnosticsList().map((d) => d.toObject())) : reject(error),
            );
        });
        assert.deepEqual(
            found.map(({ policyname, urn }) => [policyname, urn.split("::").at(-1)]),
            [
                ["only-declared-callers", "eve"],
                ["only-declared-callers", "later"],
            ],
        );
        assert.ok(found.every(({ enforcementlevel }) => enforcementlevel === proto.EnforcementLevel.ADVISORY));
    });

    it("takes enforcement levels and resources to pass over from the pack's configuration", async () => {
        const request = new proto.ConfigureAnalyzerRequest();
        const configure = (rule: string, level: proto.EnforcementLevel, properties: object): void => {
            const config = new proto.PolicyConfig();
            config.setEnforcementlevel(level);
            config.setProperties(Struct.fromJavaScript(properties as Parameters<typeof Struct.fromJavaScript>[0]));
            request.getPolicyconfigMap().set(rule, config);
        };
        configure("no-service-account-keys", proto.EnforcementLevel.ADVISORY, { allow: ["old"] });
        configure("no-public-invoker", proto.EnforcementLevel.DISABLED, {});
        await new Promise<void>((resolve, reject) => {
            client.configure(request, (error) => (error === null ? resolve() : reject(error)));
        });
        const key = "gcp:serviceaccount/key:Key";
        assert.deepEqual(
            (await analyze(key, {})).map((d) => d.enforcementlevel),
            [proto.EnforcementLevel.ADVISORY],
        );
        assert.deepEqual(await analyze(key, {}, "old"), []);
        const open = { role: "roles/run.invoker", member: "allUsers" };
        assert.deepEqual(await analyze("gcp:cloudrunv2/serviceIamMember:ServiceIamMember", open), []);
    });
});
