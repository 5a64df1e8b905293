import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { type Deployed, deploy, value } from "./support/deploy";
import { account, components, ofFunction, ofService, vpc } from "./support/options";
import { image, location, service } from "./support/programs";
import { ExecutionEnvironment, InvokableBackend, InvokableFunction } from "../../index";

const config = { "gcp:project": "demo", "gcp-invoke:smoke": "off" };

/** The paths of all options, and of what they consist of. */
function pathsOf(option: unknown, at: string[] = []): string[][] {
    const isPlain = typeof option === "object" && option !== null && Object.getPrototypeOf(option) === Object.prototype;
    const within = isPlain ? Object.entries(option).flatMap(([key, member]) => pathsOf(member, [...at, key])) : [];
    return at.length === 0 ? within : [at, ...within];
}

/** The same without what is at the path. */
function without(options: object, [key = "", ...rest]: string[]): object {
    const { [key]: member, ...others } = options as Record<string, object>;
    return rest.length === 0 || member === undefined ? others : { ...others, [key]: without(member, rest) };
}

const described = ({ resources }: Deployed) =>
    resources.map(({ type, name, inputs }) => JSON.stringify([type, name, inputs])).sort();

/**
 * Other tests show what these do. The first two have the same values by default, beside a GPU and a bucket, and the third one
 * changes what callers use.
 */
const testedAlone = ["cpuAlwaysAllocated", "executionEnvironment", "domain"];

describe("every option", () => {
    after(() => pulumi.runtime.setAllConfig({}));

    for (const [name, { options, make, required }] of Object.entries(components)) {
        it(`of a ${name} has an effect, with each of its parts, or is refused without that part`, async function () {
            this.timeout(300_000);
            const all = described(await deploy(() => make(options()), { config }));
            for (const at of pathsOf(await plainOptions(options))) {
                if (
                    testedAlone.includes(at.join(".")) ||
                    /\.(secret|image)$/.test(at.join(".")) ||
                    required.some((one) => at.join(".").startsWith(one))
                ) {
                    continue;
                }
                const rest = await deploy(() => make(without(options(), at)), { config }).catch(
                    (error: unknown) => error as Error,
                );
                if (rest instanceof Error) {
                    assert.match(rest.message, /^[\w./]+: .+/, at.join("."));
                } else {
                    assert.notDeepEqual(described(rest), all, `${at.join(".")} changes nothing`);
                }
            }
        });
    }

    it("reaches the provider as it expects it", async () => {
        const made = await deploy(() => components["service"]!.make(ofService()), { config });
        const { template, ...rest } = made.find("Service", "c") as { template: { containers: unknown[] } };
        const { containers, ...revision } = template;
        assert.deepEqual(rest, {
            ...{ location, name: "orders", ingress: "INGRESS_TRAFFIC_ALL", deletionProtection: true },
            ...{ customAudiences: ["https://orders.example.com"], labels: { team: "shop" } },
            ...{ annotations: { "example.com/team": "shop" }, scaling: { minInstanceCount: 1 } },
            traffics: [
                { type: "TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST", percent: 100 },
                {
                    ...{ type: "TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION", percent: 0 },
                    revision: "orders-00001-abc",
                    tag: "old",
                },
            ],
        });
        const items = [
            { path: "current", version: "latest" },
            { path: "first", version: "1" },
        ];
        assert.deepEqual(revision, {
            ...{ serviceAccount: account, scaling: { maxInstanceCount: 3 }, maxInstanceRequestConcurrency: 20 },
            ...{ timeout: "60s", sessionAffinity: true, executionEnvironment: "EXECUTION_ENVIRONMENT_GEN2" },
            encryptionKey: "projects/demo/locations/europe-west1/keyRings/r/cryptoKeys/k",
            ...{ nodeSelector: { accelerator: "nvidia-l4" }, gpuZonalRedundancyDisabled: false },
            vpcAccess: { egress: "ALL_TRAFFIC", networkInterfaces: [vpc] },
            volumes: [
                { name: "volume-assets", gcs: { bucket: "demo-assets", readOnly: true } },
                { name: "volume-uploads", gcs: { bucket: "demo-uploads" } },
                { name: "volume-scratch", emptyDir: { medium: "MEMORY", sizeLimit: "64Mi" } },
                { name: "volume-share", nfs: { server: "10.0.0.2", path: "/exports", readOnly: true } },
                { name: "cloudsql", cloudSqlInstance: { instances: ["demo:europe-west1:orders"] } },
                { name: "secret-1", secret: { secret: "key", items } },
                {
                    name: "secret-2",
                    secret: { secret: "projects/demo/secrets/password", items: [{ path: "password", version: "1" }] },
                },
            ],
        });
        const secretKeyRef = { secret: "key", version: "1" };
        assert.deepEqual(containers, [
            {
                ...{ image, commands: ["/serve"], args: ["--fast"], ports: { containerPort: 9000, name: "h2c" } },
                dependsOns: ["proxy"],
                envs: [
                    { name: "LEVEL", value: "info" },
                    { name: "T_URL", value: "https://t-abcdefghij-uc.a.run.app" },
                    { name: "API_KEY", valueSource: { secretKeyRef } },
                ],
                resources: {
                    ...{
                        limits: { cpu: "6", memory: "16Gi", "nvidia.com/gpu": "1" },
                        cpuIdle: false,
                        startupCpuBoost: true,
                    },
                },
                startupProbe: {
                    ...{ httpGet: { path: "/ready", port: 9000 }, initialDelaySeconds: 1, periodSeconds: 2 },
                    ...{ timeoutSeconds: 2, failureThreshold: 5 },
                },
                livenessProbe: { grpc: { service: "health", port: 9000 }, periodSeconds: 20 },
                volumeMounts: [
                    { name: "volume-assets", mountPath: "/assets" },
                    { name: "volume-uploads", mountPath: "/uploads" },
                    { name: "volume-scratch", mountPath: "/scratch" },
                    { name: "volume-share", mountPath: "/share" },
                    { name: "cloudsql", mountPath: "/cloudsql" },
                    { name: "secret-1", mountPath: "/secrets/key" },
                    { name: "secret-2", mountPath: "/secrets/other" },
                ],
            },
            {
                ...{ name: "proxy", image: "proxy:1", commands: ["/proxy"], args: ["-v"] },
                envs: [
                    { name: "UP", value: "1" },
                    { name: "PROXY_KEY", valueSource: { secretKeyRef: { secret: "proxy", version: "latest" } } },
                ],
                resources: { limits: { cpu: "1", memory: "256Mi" }, cpuIdle: true },
                startupProbe: { tcpSocket: { port: 9001 } },
                livenessProbe: { httpGet: { path: "/live", port: 9001 } },
                volumeMounts: [{ name: "volume-scratch", mountPath: "/scratch" }],
            },
        ]);
    });

    it("of secrets and buckets grants the account a role on each of these alone, which the revision waits for", async () => {
        const made = await deploy(() => components["service"]!.make(ofService()), { config });
        const of = (type: string) =>
            made.resources
                .filter((one) => one.type.endsWith(`:${type}`))
                .map(({ inputs }) => inputs)
                .sort((one, other) => String(one["secretId"]).localeCompare(String(other["secretId"])));
        const member = `serviceAccount:${account}`;
        const role = "roles/secretmanager.secretAccessor";
        assert.deepEqual(of("SecretIamMember"), [
            { secretId: "key", role, member },
            { secretId: "password", project: "demo", role, member },
            { secretId: "proxy", role, member },
        ]);
        assert.deepEqual(of("BucketIAMMember"), [
            { bucket: "demo-assets", role: "roles/storage.objectViewer", member },
            { bucket: "demo-uploads", role: "roles/storage.objectUser", member },
        ]);
        assert.deepEqual(of("IAMMember"), [{ project: "demo", role: "roles/cloudsql.client", member }]);
        const none = await deploy(() => service("c", {}), { config });
        assert.deepEqual(
            none.names().filter((name) => /IAMMember|IamMember/.test(name)),
            [],
        );
    });

    it("leaves the CPU idle between requests where only limits are set, as Cloud Run does and the provider does not", async () => {
        const resources = async (options: object): Promise<unknown> => {
            const made = await deploy(() => service("c", options), { config });
            const { template } = made.find("Service", "c") as { template: { containers: { resources?: object }[] } };
            return template.containers[0]?.resources;
        };
        assert.deepEqual(await resources({ memory: "1Gi" }), { limits: { memory: "1Gi" }, cpuIdle: true });
        assert.deepEqual(await resources({ cpuAlwaysAllocated: true }), { cpuIdle: false });
        assert.equal(await resources({}), undefined);
    });

    it("chooses the environment that a service runs in, which a bucket decides otherwise", async () => {
        const environment = async (options: object): Promise<unknown> => {
            const made = await deploy(() => service("c", options), { config });
            return (made.find("Service", "c") as { template: { executionEnvironment?: string } }).template
                .executionEnvironment;
        };
        assert.equal(await environment({}), undefined);
        assert.equal(
            await environment({ executionEnvironment: ExecutionEnvironment.Gen1 }),
            "EXECUTION_ENVIRONMENT_GEN1",
        );
        assert.equal(await environment({ volumes: { "/a": { bucket: "b" } } }), "EXECUTION_ENVIRONMENT_GEN2");
    });

    it("of a backend and of a function is beside the outputs member, serviceAccountEmail and the resource itself", async () => {
        await deploy(
            async () => {
                const backend = new InvokableBackend("b", {
                    image,
                    location,
                    iapClientId: "1-a.apps.googleusercontent.com",
                });
                const resize = new InvokableFunction("c", ofFunction());
                for (const made of [backend, resize]) {
                    assert.match(
                        await value(made.serviceAccountEmail ?? pulumi.output("")),
                        /@demo\.iam\.gserviceaccount\.com$/,
                    );
                    assert.match(await value(made.member ?? pulumi.output("")), /^serviceAccount:.+@demo\.iam/);
                }
                assert.equal(backend.service && pulumi.resourceType(backend.service), "gcp:cloudrunv2/service:Service");
                assert.equal(
                    resize.function && pulumi.resourceType(resize.function),
                    "gcp:cloudfunctionsv2/function:Function",
                );
            },
            { config },
        );
    });
});

/** The options, which are made from resources of their own that mocks must be there for. */
async function plainOptions(options: () => object): Promise<object> {
    let made: object = {};
    await deploy(() => void (made = options()), { config });
    return made;
}
