import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import {
    googleApi,
    GrantResourceType,
    InvokableBackend,
    InvokableFunction,
    InvokableService,
    type Target,
    TargetKind,
} from "../../../index";
import { audiences, email, grants, targets } from "../support/cells";
import { deploy, type Deployed } from "../support/deploy";
import { caller, location, service } from "../support/programs";

const config = { "gcp:project": "demo" };
const iapClientId = "1-a.apps.googleusercontent.com";

interface Environment {
    plain: Record<string, unknown>;
    /** `[variable, secret, version]`. */
    secrets: unknown[][];
}

/** Each workload that calls: how it is made, what it is made of beside the grant, and where its environment is. */
const workloads: Record<
    string,
    { make: (target: Target) => unknown; children: string[]; environment: (deployed: Deployed) => Environment }
> = {
    service: {
        make: (target) => service("from", { invokes: { target } }),
        children: ["Account from-account", "InvokableService from", "Service from"],
        environment: (deployed) => {
            const { template } = deployed.find("Service", "from") as {
                template: {
                    containers: {
                        envs?: {
                            name: string;
                            value?: string;
                            valueSource?: { secretKeyRef: { secret: string; version: string } };
                        }[];
                    }[];
                };
            };
            const envs = template.containers[0]?.envs ?? [];
            return {
                plain: Object.fromEntries(
                    envs.filter(({ value }) => value !== undefined).map(({ name, value }) => [name, value]),
                ),
                secrets: envs.flatMap(({ name, valueSource }) =>
                    valueSource ? [[name, valueSource.secretKeyRef.secret, valueSource.secretKeyRef.version]] : [],
                ),
            };
        },
    },
    function: {
        make: (target) =>
            new InvokableFunction("from", {
                ...{ source: __dirname, runtime: "nodejs22", entryPoint: "x", location, invokes: { target } },
            }),
        children: [
            "Account from-account",
            "Account from-build",
            "Bucket from-source",
            "BucketIAMMember from-build",
            "BucketObject from-source",
            "Function from",
            "IAMMember from-build-3",
            "InvokableFunction from",
            "Repository from-images",
            "RepositoryIamMember from-build-2",
        ],
        environment: (deployed) => {
            const { serviceConfig } = deployed.find("Function", "from") as {
                serviceConfig: {
                    environmentVariables?: Record<string, string>;
                    secretEnvironmentVariables?: Record<string, string>[];
                };
            };
            return {
                plain: serviceConfig.environmentVariables ?? {},
                secrets: (serviceConfig.secretEnvironmentVariables ?? []).map((one) => [
                    one["key"],
                    one["secret"],
                    one["version"],
                ]),
            };
        },
    },
};

/** Every column of the table: its grant, and what the workload finds in its environment. */
const columns: Record<
    string,
    { target: Target; grant: [type: string, on: string, inputs: object]; found: Environment }
> = {
    ...Object.fromEntries(
        (Object.keys(targets) as (keyof typeof targets)[]).map((to) => [
            to,
            {
                target: targets[to],
                grant: grants[to],
                found: {
                    plain: {
                        TARGET_URL: targets[to].url,
                        // A second variable only where the URL does not say it.
                        ...(audiences[to] !== targets[to].url && { TARGET_AUDIENCE: audiences[to] }),
                    },
                    secrets: [],
                },
            },
        ]),
    ),
    "Google API": {
        target: googleApi("bigquery.googleapis.com", { grants: [{ role: "roles/bigquery.jobUser" }] }),
        grant: ["IAMMember", "bigquery.jobUser", { project: "demo", role: "roles/bigquery.jobUser" }],
        found: { plain: {}, secrets: [] },
    },
    "external API": {
        target: {
            ...{ kind: TargetKind.External, url: "https://api.example.com" },
            secret: { header: "X-Api-Key", secret: "crm-key" },
        },
        grant: ["SecretIamMember", "crm-key", { secretId: "crm-key", role: "roles/secretmanager.secretAccessor" }],
        found: {
            plain: { TARGET_URL: "https://api.example.com" },
            secrets: [["TARGET_SECRET", "crm-key", "latest"]],
        },
    },
};

describe("a workload that calls", () => {
    after(() => pulumi.runtime.setAllConfig({}));
    for (const [from, { make, children, environment }] of Object.entries(workloads)) {
        for (const [to, { target, grant, found }] of Object.entries(columns)) {
            it(`${from} → ${to}: the grant, and in its environment what the call needs`, async () => {
                const deployed = await deploy(() => make(target), { config });
                const [type, on, inputs] = grant;
                assert.deepEqual(
                    deployed.names().filter((name) => !name.startsWith("Stash from-")),
                    [...children, `${type} from-${on}`].sort(),
                );
                const member = `serviceAccount:${email(deployed, "from-account")}`;
                assert.deepEqual(deployed.find(type, `from-${on}`), { ...inputs, member });
                assert.deepEqual(environment(deployed), found);
            });
        }
    }
});

describe("what exists", () => {
    after(() => pulumi.runtime.setAllConfig({}));

    it("as a function of the 2nd generation is read, and granted on the service beneath", async () => {
        const deployed = await deploy(
            () => caller({ price: InvokableFunction.fromExisting("price", { name: "price", location }) }),
            {
                config,
                outputs: ({ type }) =>
                    type.startsWith("gcp:cloudfunctionsv2/")
                        ? {
                              serviceConfig: {
                                  uri: "https://price-abc-ew.a.run.app",
                                  service: `projects/demo/locations/${location}/services/price-beneath`,
                              },
                          }
                        : {},
            },
        );
        assert.deepEqual(
            deployed.names().filter((name) => name.includes("price")),
            [
                "Function price",
                "InvokableFunction price",
                `ServiceIamMember fulfil-price-${location}`,
                "Stash price-last-change",
                "Stash price-smoke",
            ],
        );
        assert.deepEqual(deployed.find("ServiceIamMember", `fulfil-price-${location}`), {
            ...{ project: "demo", location, name: "price-beneath", role: "roles/run.invoker" },
            member: `serviceAccount:${email(deployed, "fulfil-account")}`,
        });
        assert.deepEqual(deployed.find("Workflow", "fulfil")["userEnvVars"], {
            PRICE_URL: "https://price-abc-ew.a.run.app",
        });
    });

    it("as a service on Cloud Run behind IAP gets its grant where IAP reads it, and its settings are not changed", async () => {
        const existing = { cloudRunService: "tools", location };
        const url = "https://tools-abc-ew.a.run.app";
        const deployed = await deploy(
            () => caller({ tools: InvokableBackend.fromExisting("tools", existing, { url, iapClientId }) }),
            { config },
        );
        assert.deepEqual(
            deployed.names().filter((name) => name.includes("tools")),
            [
                "InvokableBackend tools",
                "Stash tools-last-change",
                "Stash tools-smoke",
                `WebCloudRunServiceIamMember fulfil-tools-${location}`,
            ],
        );
        assert.deepEqual(deployed.find("WebCloudRunServiceIamMember", `fulfil-tools-${location}`), {
            ...{ cloudRunServiceName: "tools", location, role: "roles/iap.httpsResourceAccessor" },
            member: `serviceAccount:${email(deployed, "fulfil-account")}`,
        });
    });

    it("in other stacks gets one grant each, even if one reference names them all", async () => {
        const deployed = await deploy(
            () => {
                const shop = new pulumi.StackReference("organization/shop/dev");
                const target = (name: string): Target => ({
                    kind: TargetKind.Run,
                    url: `https://${name}.a.run.app`,
                    resource: {
                        type: GrantResourceType.RunService,
                        name: shop.getOutput(name) as pulumi.Output<string>,
                        location,
                    },
                });
                return caller({ orders: target("orders"), stock: target("stock") });
            },
            {
                config,
                outputs: ({ type }) =>
                    type === "pulumi:pulumi:StackReference" ? { outputs: { orders: "orders", stock: "stock" } } : {},
            },
        );
        assert.deepEqual(
            deployed.names().filter((name) => name.startsWith("ServiceIamMember")),
            ["ServiceIamMember fulfil-orders", "ServiceIamMember fulfil-stock"],
        );
    });

    it("as a service is read, and granted where it is", async () => {
        const existing = { name: "orders", location: "europe-west4", project: "other" };
        const deployed = await deploy(() => caller({ orders: new InvokableService("orders", { existing }) }), {
            config,
            outputs: ({ type }) =>
                type.startsWith("gcp:cloudrunv2/service:") ? { ingress: "INGRESS_TRAFFIC_ALL" } : {},
        });
        const { member, ...grant } = deployed.find("ServiceIamMember", "fulfil-orders-europe-west4-other");
        assert.equal(member, `serviceAccount:${email(deployed, "fulfil-account")}`);
        assert.deepEqual(grant, {
            project: "other",
            location: "europe-west4",
            name: "orders",
            role: "roles/run.invoker",
        });
    });
});
