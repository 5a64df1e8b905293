import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { AuthenticatedSchedule, InvokableService } from "../../index";
import { deploy, refusal } from "./support/deploy";
import { location } from "./support/programs";
import { type Break, components, off, open, run } from "./support/transforms";

const root = join(__dirname, "..", "..");
const config = { "gcp:project": "demo" };

/** What each of them promises: the path of a property, and a value that would break the promise. */
const account = "other@demo.iam.gserviceaccount.com";
const place = { name: "other", project: "other" };
const ofRun = {
    ...{
        ...place,
        location: "us-central1",
        ingress: "INGRESS_TRAFFIC_ALL",
        customAudiences: ["https://b.example.com"],
    },
    ...{ invokerIamDisabled: true, defaultUriDisabled: true },
    "template.serviceAccount": account,
    "template.vpcAccess": { egress: "PRIVATE_RANGES_ONLY" },
    "template.vpcAccess.egress": "PRIVATE_RANGES_ONLY",
    "template.containers.0.envs": [],
    "template.containers.0.envs.1.value": "https://evil.example.com",
    "template.containers.0.envs.3": { name: "T_URL", value: "https://evil.example.com" },
    "template.containers.0.envs.2.valueSource.secretKeyRef.secret": "other",
    template: pulumi.output({ serviceAccount: account }),
};
const promises: Record<string, Record<string, unknown>> = {
    service: { ...ofRun, iapEnabled: true },
    mcpServer: { ...ofRun, iapEnabled: true },
    agent: { ...ofRun, iapEnabled: true },
    job: {
        ...{ ...place, location: "us-central1" },
        "template.template.serviceAccount": account,
        "template.template.vpcAccess.egress": "PRIVATE_RANGES_ONLY",
        "template.template.containers.0.envs": [],
        "template.template.containers.0.envs.1.value": "https://evil.example.com",
        template: pulumi.output({ template: { serviceAccount: account } }),
    },
    workerPool: {
        ...{ ...place, location: "us-central1" },
        "template.serviceAccount": account,
        "template.vpcAccess.egress": "PRIVATE_RANGES_ONLY",
        "template.containers.0.envs": [],
        "template.containers.0.envs.1.value": "https://evil.example.com",
        template: pulumi.output({ serviceAccount: account }),
    },
    trigger: {
        ...{ ...place, location: "us-central1", serviceAccount: account },
        "destination.cloudRunService.service": "other",
        "destination.cloudRunService.path": "/other",
        matchingCriterias: [],
        "transport.pubsub.topic": "projects/other/topics/t",
    },
    backend: { ...ofRun, iapEnabled: false },
    gateway: {
        ...{ gatewayId: "other", project: "other", region: "us-central1" },
        apiConfig: "projects/other/locations/global/apis/a/configs/c",
    },
    function: {
        ...{ ...place, location: "us-central1", eventTrigger: { eventType: "x" } },
        "buildConfig.serviceAccount": account,
        "serviceConfig.serviceAccountEmail": account,
        "serviceConfig.ingressSettings": "ALLOW_ALL",
        "serviceConfig.directVpcEgress": "VPC_EGRESS_PRIVATE_RANGES_ONLY",
        "serviceConfig.directVpcNetworkInterfaces": [],
        "serviceConfig.vpcConnectorEgressSettings": "PRIVATE_RANGES_ONLY",
        "serviceConfig.environmentVariables": {},
        "serviceConfig.environmentVariables.T_URL": "https://evil.example.com",
        "serviceConfig.secretEnvironmentVariables": [],
        serviceConfig: pulumi.output({ ingressSettings: "ALLOW_ALL" }),
    },
    workflow: {
        ...{ ...place, region: "us-central1", serviceAccount: account, sourceContents: "main: {}" },
        ...{ namePrefix: "other", userEnvVars: {}, "userEnvVars.T_URL": "https://evil.example.com" },
    },
    schedule: {
        ...{
            ...place,
            region: "us-central1",
            appEngineHttpTarget: { relativeUri: "/" },
            pubsubTarget: { topicName: "x" },
        },
        ...{
            "httpTarget.uri": "https://evil.example.com",
            "httpTarget.oidcToken.audience": "https://evil.example.com",
        },
        ...{ "httpTarget.oidcToken.serviceAccountEmail": account, "httpTarget.oidcToken": undefined },
        ...{ "httpTarget.oauthToken": { serviceAccountEmail: account } },
    },
    queue: {
        ...{ ...place, location: "us-central1", appEngineRoutingOverride: { service: "x" } },
        ...{
            "httpTarget.uriOverride.host": "evil.example.com",
            "httpTarget.uriOverride.uriOverrideEnforceMode": "IF_NOT_EXISTS",
        },
        ...{
            "httpTarget.oidcToken.audience": "https://evil.example.com",
            "httpTarget.oidcToken.serviceAccountEmail": account,
        },
        ...{ "httpTarget.oauthToken": { serviceAccountEmail: account } },
    },
    push: {
        ...{ project: "other", topic: "other", bigqueryConfig: { table: "x" }, cloudStorageConfig: { bucket: "x" } },
        ...{ "pushConfig.pushEndpoint": "https://evil.example.com", "pushConfig.oidcToken": undefined },
        ...{
            "pushConfig.oidcToken.serviceAccountEmail": account,
            "deadLetterPolicy.deadLetterTopic": "projects/o/topics/x",
        },
    },
};

const breaking = (change: (args: object) => unknown): Break => change as Break;

function set(args: object, path: string, value: unknown): void {
    const keys = path.split(".");
    const last = keys.pop() ?? "";
    const parent = keys.reduce<unknown>((of, key) => Reflect.get(of as object, key), args) as object;
    Reflect.set(parent, last, value);
}

describe("a transform", () => {
    it("is tried on each component that takes one", () => {
        const files = globSync("components/*.ts", { cwd: root }).filter((file) =>
            /opts\?\.transform/.test(readFileSync(join(root, file), "utf8")),
        );
        assert.equal(files.length, Object.keys(components).length, files.join());
        assert.deepEqual(Object.keys(promises), Object.keys(components));
    });

    after(() => pulumi.runtime.setAllConfig({}));

    for (const [name, { type, word, free = "description", make }] of Object.entries(components)) {
        it(`of a ${name} changes what the component promises nothing about, in place or by what it returns`, async () => {
            const inPlace = await deploy(() => make(breaking((args) => set(args, free, "x"))), { config });
            assert.equal(inPlace.find(type, "c")[free], "x");
            const returned = await deploy(() => make(breaking((args) => ({ ...args, [free]: "x" }))), { config });
            assert.equal(returned.find(type, "c")[free], "x");
            const untouched = await deploy(() => make(() => undefined), { config });
            const { [free]: added, ...rest } = inPlace.find(type, "c");
            assert.deepEqual([added, rest], ["x", untouched.find(type, "c")]);
        });

        for (const [path, value] of Object.entries(promises[name] ?? {})) {
            it(`of a ${name} is refused where it sets ${path}`, async () => {
                const said = await refusal(() => make(breaking((args) => set(args, path, value))), { config });
                const [, found = ""] =
                    new RegExp(`^transform\\.${word}: must leave ([\\w.]+) as the component set it; `).exec(said) ?? [];
                assert.ok(found !== "" && (found.startsWith(path) || path.startsWith(found)), said);
                // An output may come to anything, also to the same value, which nobody knows yet.
                const later = await refusal(() => make(breaking((args) => set(args, path, pulumi.output(value)))), {
                    config,
                });
                assert.match(later, /^transform\./);
            });
        }

        it(`of a ${name} must return arguments, or nothing`, async () => {
            for (const wrong of [() => Promise.resolve({}), () => "x", () => 1, () => [], () => pulumi.output({})]) {
                assert.match(
                    await refusal(() => make(breaking(wrong)), { config }),
                    /^transform\.\w+: returned .+; change the/,
                );
            }
        });
    }

    it("may add variables to those that are there, and reads the arguments as plain objects", async () => {
        const made = await deploy(
            () =>
                new InvokableService(
                    "c",
                    { ...run, invokes: { t: open() } },
                    {
                        transform: {
                            service: (args) => {
                                args.template.revision = "c-00001";
                                args.template.containers?.[0]?.envs?.push({ name: "ADDED", value: "x" });
                            },
                        },
                    },
                ),
            { config },
        );
        const { template } = made.find("Service", "c") as {
            template: { revision: string; containers: { envs: { name: string }[] }[] };
        };
        assert.equal(template.revision, "c-00001");
        assert.deepEqual(
            template.containers[0]?.envs.map(({ name }) => name),
            ["LEVEL", "T_URL", "KEY", "ADDED"],
        );
    });

    describe("of what sends headers, and so do its arguments,", () => {
        const callers = ["Authorization", "authorization", "X-SERVERLESS-AUTHORIZATION", "Proxy-Authorization "];
        const ofGoogle = ["Host", "content-length", "X-Google-Anything", "x-appengine-user-id"];
        const schedule = (headers: Record<string, pulumi.Input<string>>, transform?: Break) =>
            new AuthenticatedSchedule(
                "c",
                { location, schedule: "0 6 * * *", target: open(), ...off, headers },
                transform && { transform: { job: transform } },
            );
        const ways: Record<string, (name: string) => unknown> = {
            "an argument": (name) => schedule({ [name]: "x" }),
            "an argument that is an output": (name) => schedule(pulumi.output({ [name]: "x" })),
            "a transform of a job": (name) =>
                components["schedule"]?.make(breaking((args) => set(args, "httpTarget.headers", { [name]: "x" }))),
            "a transform of a job whose headers are outputs": (name) =>
                components["schedule"]?.make(
                    breaking((args) => set(args, "httpTarget.headers", pulumi.output({ [name]: "x" }))),
                ),
            "a transform of a queue": (name) =>
                components["queue"]?.make(
                    breaking((args) =>
                        set(args, "httpTarget.headerOverrides", [
                            { header: { key: "a", value: "b" } },
                            { header: { key: name, value: "x" } },
                        ]),
                    ),
                ),
            "a transform of a queue whose name is an output": (name) =>
                components["queue"]?.make(
                    breaking((args) =>
                        set(args, "httpTarget.headerOverrides", [{ header: { key: pulumi.output(name), value: "x" } }]),
                    ),
                ),
            "a transform of a queue with an output as an entry": (name) =>
                components["queue"]?.make(
                    breaking((args) =>
                        set(args, "httpTarget.headerOverrides", [pulumi.output({ header: { key: name, value: "x" } })]),
                    ),
                ),
        };
        for (const [way, make] of Object.entries(ways)) {
            it(`refuses by ${way} those that say who calls, and those that Google sets, and takes others`, async () => {
                for (const name of callers) {
                    assert.match(
                        await refusal(() => make(name), { config }),
                        /[hH]eader\w*: has .*, and a \w+ sends the token of its own account alone; /,
                    );
                }
                for (const name of ofGoogle) {
                    assert.match(
                        await refusal(() => make(name), { config }),
                        /[hH]eader\w*: has .*, which Google sets itself; leave it out/,
                    );
                }
                const made = await deploy(() => make("X-Authorization-Of-Mine"), { config });
                assert.match(JSON.stringify(made.resources), /X-Authorization-Of-Mine/);
            });
        }
    });

    it("is refused where the resource exists already, because it is used as it is", async () => {
        const transform = { service: () => undefined };
        const said = await refusal(
            () => new InvokableService("c", { existing: { name: "c", location }, ...off }, { transform }),
            { config },
        );
        assert.match(said, /^transform\.service: changes a resource that is made, and existing is used as it is/);
    });
});
