import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { componentId } from "../../components/grants";
import { Ingress, InvokableService, type ServiceSmokeCheckArgs } from "../../index";
import type { SmokeSpec } from "../../smoke";
import { deploy, refusal, value } from "./support/deploy";
import { image, location, service } from "./support/programs";

async function smokeSpecOf(program: () => InvokableService): Promise<SmokeSpec> {
    let spec: pulumi.Output<unknown> | undefined;
    await deploy(() => {
        spec = program().smokeCheck.spec;
    });
    assert.ok(spec);
    return (await value(spec)) as SmokeSpec;
}

describe("InvokableService", () => {
    it("is an account and a service with internal ingress, and a gate that asks who may call it", async () => {
        const deployed = await deploy(() => service("orders"));
        assert.deepEqual(deployed.names(), [
            ...["Account orders-account", "InvokableService orders", "Service orders"],
            ...["Stash orders-last-change", "Stash orders-smoke"],
        ]);
        const account = deployed.find("Account", "orders-account");
        assert.match(String(account["accountId"]), /^orders-[0-9a-f]{7}$/);
        assert.deepEqual(deployed.find("Service", "orders"), {
            location,
            ingress: "INGRESS_TRAFFIC_INTERNAL_ONLY",
            deletionProtection: false,
            template: {
                serviceAccount: `${String(account["accountId"])}@demo.iam.gserviceaccount.com`,
                containers: [{ image }],
            },
        });
    });

    it("passes the options on that the service takes", async () => {
        const deployed = await deploy(() =>
            service("orders", {
                name: "orders",
                project: "other",
                env: { LEVEL: "debug" },
                ingress: Ingress.InternalAndLoadBalancer,
                customAudiences: ["https://orders.example.com"],
                cpu: "2",
                memory: "1Gi",
                maxInstances: 3,
                labels: { team: "shop" },
                deletionProtection: true,
                serviceAccount: "mine@other.iam.gserviceaccount.com",
            }),
        );
        assert.deepEqual(deployed.names(), [
            ...["InvokableService orders", "Service orders", "Stash orders-last-change", "Stash orders-smoke"],
        ]);
        assert.deepEqual(deployed.find("Service", "orders"), {
            location,
            name: "orders",
            project: "other",
            ingress: "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER",
            customAudiences: ["https://orders.example.com"],
            labels: { team: "shop" },
            deletionProtection: true,
            template: {
                serviceAccount: "mine@other.iam.gserviceaccount.com",
                scaling: { maxInstanceCount: 3 },
                containers: [
                    {
                        image,
                        envs: [{ name: "LEVEL", value: "debug" }],
                        resources: { limits: { cpu: "2", memory: "1Gi" }, cpuIdle: true },
                    },
                ],
            },
        });
    });

    it("outputs its URL, its audience and a command that calls it", async () => {
        let orders: InvokableService | undefined;
        await deploy(() => (orders = service("orders")));
        const url = "https://orders-abcdefghij-uc.a.run.app";
        assert.equal(await value(orders!.url), url);
        assert.equal(await value(orders!.audience), url);
        assert.equal(
            await value(orders!.invokeCommand),
            `curl -H "Authorization: Bearer $(gcloud auth print-identity-token)" ${url}`,
        );
    });

    it("has its first custom audience as the audience of tokens", async () => {
        let orders: InvokableService | undefined;
        await deploy(() => (orders = service("orders", { customAudiences: ["https://orders.example.com"] })));
        assert.equal(await value(orders!.audience), "https://orders.example.com");
        assert.equal(orders!.audienceIsUrl, false);
    });

    it("that is open to the internet is checked to deny calls without a token and with a bad one", async () => {
        const deployed = await deploy(() => service("front", { ingress: Ingress.All }));
        const { probes } = deployed.find("Stash", "front-smoke")["input"] as { probes: unknown[] };
        const url = "https://front-abcdefghij-uc.a.run.app";
        const resource = `https://run.googleapis.com/v2/projects/demo/locations/${location}/services/front-0000000`;
        assert.deepEqual(probes, [
            {
                kind: "request",
                name: "anonymous → front",
                url,
                credential: { kind: "none" },
                outcome: "denied",
                resource,
                deniedStatus: [403],
                ingress: "all",
            },
            {
                kind: "request",
                name: "broken token → front",
                url,
                credential: { kind: "broken" },
                outcome: "denied",
                resource,
                deniedStatus: [401],
                ingress: "all",
            },
            {
                kind: "callers",
                name: "nobody else → front",
                target: resource,
                label: "front",
                component: componentId(
                    `urn:pulumi:${pulumi.getStack()}::${pulumi.getProject()}::pulumi-gcp-invoke:index:InvokableService::front`,
                ),
                allowed: [],
                ingress: "all",
                audiences: [],
            },
            {
                kind: "account",
                name: "the account of front is enabled",
                account: `${String(deployed.find("Account", "front-account")["accountId"])}@demo.iam.gserviceaccount.com`,
                label: "front",
            },
        ]);
    });

    it("requests a path only as an account made for that, as which the minters may mint ID tokens", async () => {
        const deployed = await deploy(() =>
            service("front", {
                ingress: Ingress.All,
                smokeCheck: { path: "/healthz", expect: { status: 204 }, probeMinters: ["user:ann@example.com"] },
            }),
        );
        assert.deepEqual(deployed.names(), [
            "Account front-account",
            "Account front-probe",
            "Account front-stranger",
            "IAMMember front-probe-minter-user:ann@example.com",
            "IAMMember front-stranger-minter-user:ann@example.com",
            "InvokableService front",
            "Service front",
            "ServiceIamMember front-probe-invoker",
            "Stash front-last-change",
            "Stash front-smoke",
        ]);
        const probe = `${String(deployed.find("Account", "front-probe")["accountId"])}@demo.iam.gserviceaccount.com`;
        assert.deepEqual(deployed.find("IAMMember", "front-probe-minter-user:ann@example.com"), {
            serviceAccountId: `projects/demo/serviceAccounts/${probe}`,
            role: "roles/iam.serviceAccountOpenIdTokenCreator",
            member: "user:ann@example.com",
        });
        assert.deepEqual(deployed.find("ServiceIamMember", "front-probe-invoker"), {
            project: "demo",
            location,
            name: "front-0000000",
            role: "roles/run.invoker",
            member: `serviceAccount:${probe}`,
        });
        const { probes } = deployed.find("Stash", "front-smoke")["input"] as { probes: Record<string, unknown>[] };
        assert.deepEqual(
            probes
                .filter(({ kind }) => kind === "request")
                .map(({ name, outcome, url }) => [name, outcome, String(url).replace(/^https:\/\/[^/]+/, "")]),
            [
                ["anonymous → front", "denied", ""],
                ["broken token → front", "denied", ""],
                ["probe account → front", "allowed", "/healthz"],
                ["token for another audience → front", "denied", "/healthz"],
                ["expired token → front", "denied", "/healthz"],
                ["account without grant → front", "denied", "/healthz"],
            ],
        );
        assert.deepEqual(probes.find(({ outcome }) => outcome === "allowed")?.["expect"], { status: 204 });
        assert.deepEqual(
            probes.filter(({ kind }) => kind === "policy").map(({ name }) => name),
            ["probe minter → tokens of front-probe", "probe minter → tokens of front-stranger"],
        );
        const { grants } = probes.at(-2) as { grants: { member: string; role: string }[] };
        assert.deepEqual(
            grants.map(({ member, role }) => `${member} ${role}`),
            [
                `serviceAccount:${probe} roles/run.invoker`,
                "user:ann@example.com roles/iam.serviceAccountOpenIdTokenCreator",
                "user:ann@example.com roles/iam.serviceAccountOpenIdTokenCreator",
            ],
            "the check itself declares whom it lets in",
        );
    });

    it("has no gate if its smoke check is switched off", async () => {
        const deployed = await deploy(() => service("front", { ingress: Ingress.All, smokeCheck: { enabled: false } }));
        assert.deepEqual(deployed.names(), ["Account front-account", "InvokableService front", "Service front"]);
    });

    it("lets a member in by grantInvoke, and others can depend on the grant", async () => {
        let binding: pulumi.Resource | undefined;
        const deployed = await deploy(() => {
            binding = service("orders").grantInvoke("support", "group:support@example.com").binding;
        });
        assert.deepEqual(deployed.find("ServiceIamMember", "support"), {
            project: "demo",
            location,
            name: "orders-0000000",
            role: "roles/run.invoker",
            member: "group:support@example.com",
        });
        assert.ok(pulumi.CustomResource.isInstance(binding));
    });

    for (const everyone of ["allUsers", "allAuthenticatedUsers"]) {
        it(`refuses to be granted to ${everyone}`, async () => {
            const message = await refusal(() => service("orders").grantInvoke("everyone", everyone));
            assert.equal(message, `grantInvoke: ${everyone} would open it to everyone; grant it to a principal`);
        });
    }

    it("reads the document of Cloud Endpoints where the service is its proxy, and only there, and says that nobody declared whose tokens are right", async () => {
        const google = "gcr.io/endpoints-release/endpoints-runtime-serverless:2";
        const built = "eu.gcr.io/demo/endpoints-runtime-serverless:2.53.0-shop.example.com-2026-01-01r0";
        for (const [args, denials] of [
            [{ image: google }, 1],
            [{ image: pulumi.output(built) }, 1],
            [{ env: { ENDPOINTS_SERVICE_NAME: "shop.endpoints.demo.cloud.goog" } }, 1],
            [{ image: "europe-docker.pkg.dev/demo/shop/endpoints-runtime:1", env: { ENDPOINTS: "x" } }, 0],
        ] as const) {
            const { untried = [], probes } = await smokeSpecOf(() => service("front", args));
            assert.equal(probes.filter(({ kind }) => kind === "endpoints").length, denials);
            assert.equal(untried.length, denials);
            for (const { receiver, denial, why } of untried) {
                assert.deepEqual([receiver, denial], ["front", "tokens of issuers whom nobody declared"]);
                assert.match(why, /smokeCheck: \{ endpoints: \{ issuers/);
            }
        }
    });

    it("compares the document with what is declared, in place of the policy that lets everybody to the proxy", async () => {
        const signer = "a@demo.iam.gserviceaccount.com";
        const endpoints = {
            issuers: [signer, "https://issuer.example.com", signer],
            ...{ open: ["GET /healthz"], path: "/orders" },
        };
        const existing = { name: "front", location };
        const { untried = [], probes } = await smokeSpecOf(
            () => new InvokableService("front", { existing, smokeCheck: { endpoints } }),
        );
        assert.deepEqual(untried, []);
        assert.deepEqual(
            probes.map(({ name }) => name),
            [
                "front lets in what its document names",
                "anonymous → front",
                "broken token → front",
                "nobody else → tokens of a@demo.iam.gserviceaccount.com",
                "the account of front is enabled",
            ],
        );
        assert.partialDeepStrictEqual(probes[0], { issuers: endpoints.issuers, audiences: [], open: endpoints.open });
    });

    it("reads the document in each region of a service that has several", async () => {
        const endpoints = { issuers: ["a@demo.iam.gserviceaccount.com"], path: "/orders" };
        const { probes } = await smokeSpecOf(
            () =>
                new InvokableService("front", {
                    ...{
                        image,
                        regions: ["europe-west1", "us-east1"],
                        ingress: Ingress.All,
                        smokeCheck: { endpoints },
                    },
                }),
        );
        const read = probes.flatMap((probe) => (probe.kind === "endpoints" ? [probe.service] : []));
        assert.deepEqual(
            read.map((url) => /locations\/([^/]+)\//.exec(url)?.[1]),
            ["europe-west1", "us-east1"],
        );
        const asked = probes.flatMap((probe) => (probe.kind === "request" ? [probe.url] : []));
        assert.equal(new Set(asked).size, 2, String(asked));
    });

    for (const [smokeCheck, said] of [
        [{ endpoints: { issuers: [] } }, /^smokeCheck\.endpoints\.issuers: is empty/],
        [
            { endpoints: { issuers: ["a"], open: ["/healthz"] } },
            /^smokeCheck\.endpoints\.open: has "\/healthz"; write the method/,
        ],
        [{ endpoints: { issuers: ["a"], path: "orders" } }, /^smokeCheck\.endpoints\.path/],
        [{ endpoints: { issuers: ["a"] }, path: "/" }, /^smokeCheck\.path: .*give endpoints\.path/],
        [{ endpoints: { issuers: ["a"] }, inside: true }, /^smokeCheck\.inside/],
        [{ endpoints: { issuers: ["a"] }, grpcService: "" }, /^smokeCheck\.grpcService/],
    ] as [ServiceSmokeCheckArgs, RegExp][]) {
        it(`refuses ${JSON.stringify(smokeCheck)}`, async () => {
            assert.match(await refusal(() => service("front", { ingress: Ingress.All, smokeCheck })), said);
        });
    }

    it("leaves the values that Google chooses unknown in a preview, and is registered all the same", async () => {
        const deployed = await deploy(() => service("front", { ingress: Ingress.All }), { preview: true });
        assert.deepEqual(deployed.names(), [
            "Account front-account",
            "InvokableService front",
            "Service front",
            "Stash front-last-change",
            "Stash front-smoke",
        ]);
    });
});
