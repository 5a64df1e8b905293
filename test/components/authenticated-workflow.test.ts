import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import * as path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { AuthenticatedWorkflow, googleApi, GrantResourceType, type Target, TargetKind } from "../../index";
import { deploy, refusal, value } from "./support/deploy";
import { caller, getting, location, service, variable } from "./support/programs";

const spec = (deployed: Awaited<ReturnType<typeof deploy>>) =>
    deployed.find("Stash", "fulfil-smoke")["input"] as { probes: Record<string, unknown>[] } & Record<string, unknown>;

describe("AuthenticatedWorkflow", () => {
    it("is an account, a grant on each target, a workflow and a gate", async () => {
        const deployed = await deploy(() => caller({ orders: service("orders"), stock: service("stock") }));
        assert.deepEqual(
            deployed.names().filter((name) => name.includes("fulfil")),
            [
                "Account fulfil-account",
                "Account fulfil-inside-account",
                "AuthenticatedWorkflow fulfil",
                "InsideProbe fulfil-inside",
                "ServiceIamMember fulfil-orders",
                "ServiceIamMember fulfil-stock",
                "Stash fulfil-last-change",
                "Stash fulfil-smoke",
                "Workflow fulfil",
                "Workflow fulfil-inside",
            ],
        );
        const email = `${String(deployed.find("Account", "fulfil-account")["accountId"])}@demo.iam.gserviceaccount.com`;
        assert.deepEqual(deployed.find("ServiceIamMember", "fulfil-stock"), {
            project: "demo",
            location,
            name: "stock-0000000",
            role: "roles/run.invoker",
            member: `serviceAccount:${email}`,
        });
        const { sourceContents, ...workflow } = deployed.find("Workflow", "fulfil");
        assert.deepEqual(workflow, {
            region: location,
            serviceAccount: email,
            deletionProtection: false,
            userEnvVars: {
                ORDERS_URL: "https://orders-abcdefghij-uc.a.run.app",
                STOCK_URL: "https://stock-abcdefghij-uc.a.run.app",
            },
        });
        assert.match(String(sourceContents), /type: OIDC\n +audience: \$\{sys\.get_env\("ORDERS_URL"\)\}/);
        assert.match(String(sourceContents), /type: OIDC\n +audience: \$\{sys\.get_env\("STOCK_URL"\)\}/);
    });

    it("audits a source that several workflows share for the targets of each of them", async () => {
        const orders = (audience: string): Target => ({
            ...{ kind: TargetKind.Run, url: "https://orders.example.com", audience },
            resource: { type: GrantResourceType.RunService, name: "orders", location },
        });
        const source = getting(variable("ORDERS_URL"));
        const open = { url: "https://orders.example.com", kind: TargetKind.External };
        const deployed = await deploy(() => {
            for (const [name, target] of Object.entries({ one: orders("a"), two: orders("a"), open })) {
                new AuthenticatedWorkflow(name, { location, source, targets: { orders: target } });
            }
        });
        const contents = (name: string) => String(deployed.find("Workflow", name)["sourceContents"]);
        assert.match(contents("one"), /type: OIDC\n +audience: \$\{sys\.get_env\("ORDERS_AUDIENCE"\)\}/);
        assert.equal(contents("two"), contents("one"));
        assert.doesNotMatch(contents("open"), /auth/);
    });

    it("writes the private service of a target, and lets the service agent of Workflows go there", async () => {
        const name = "projects/demo/locations/l/namespaces/n/services/orders";
        const source = getting(variable("ORDERS_URL"), variable("STOCK_URL"));
        const targets = () => ({ orders: service("orders"), stock: service("stock") });
        const deployed = await deploy(() => {
            const privateServices = { orders: { name: pulumi.output(name), networkProject: "shared" } };
            new AuthenticatedWorkflow("fulfil", { location, source, targets: targets(), privateServices });
        });
        const { sourceContents, userEnvVars } = deployed.find("Workflow", "fulfil");
        assert.equal((userEnvVars as Record<string, string>)["ORDERS_PRIVATE_SERVICE"], name);
        assert.equal(String(sourceContents).split("private_service_name").length, 2);
        const viewer = deployed.find("ServiceIamMember", "fulfil-orders-private");
        assert.deepEqual([viewer["name"], viewer["role"]], [name, "roles/servicedirectory.viewer"]);
        const { project, role, member } = deployed.find("IAMMember", "fulfil-network");
        assert.deepEqual([project, role], ["shared", "roles/servicedirectory.pscAuthorizedService"]);
        assert.equal(member, viewer["member"]);
    });

    for (const [privateServices, said] of [
        [
            { stock: { name: "x" } },
            /^privateServices\.stock: is no key of targets, which has orders, storage; add stock/,
        ],
        [{ toString: { name: "x" } }, /^privateServices\.toString: is no key of targets/],
        ...[null, undefined, {}, { name: undefined }].map(
            (given) =>
                [
                    { orders: given },
                    /^privateServices\.orders\.name: "" is no service of Service Directory; write projects/,
                ] as const,
        ),
        [{ orders: { name: "orders" } }, /^privateServices\.orders\.name: "orders" is no service of Service Directory/],
        [
            { orders: { name: "projects/p/locations/l/namespaces/n/services/s/endpoints/e" } },
            /^privateServices\.orders\.name: .* is no service/,
        ],
        [
            { orders: { name: pulumi.output("https://orders") } },
            /^privateServices\.orders\.name: "https:\/\/orders" is no/,
        ],
        ...["", "projects/shared", "Shared", pulumi.output(""), pulumi.output<string>(undefined as never)].map(
            (networkProject) =>
                [
                    { orders: { name: "projects/p/locations/l/namespaces/n/services/s", networkProject } },
                    /^privateServices\.orders\.networkProject: ".*" is no ID of a project; write the ID alone/,
                ] as const,
        ),
        [{ storage: { name: "x" } }, /^privateServices\.storage: is for a target of the kind google-api/],
    ] as [Record<string, { name: pulumi.Input<string> }>, RegExp][]) {
        it(`refuses what cannot work as a private service: ${said.source.slice(0, 60)}`, async () => {
            const targets = () => ({ orders: service("orders"), storage: googleApi("storage.googleapis.com") });
            const source = getting(variable("ORDERS_URL"));
            assert.match(
                await refusal(
                    () =>
                        new AuthenticatedWorkflow("fulfil", { location, source, targets: targets(), privateServices }),
                ),
                said,
            );
        });
    }

    it("refuses a call of a target in a network that names another service, with its place", async () => {
        const source = new pulumi.asset.StringAsset(
            'main:\n  steps:\n    - go:\n        call: http.get\n        args:\n          url: ${sys.get_env("ORDERS_URL")}\n          private_service_name: projects/p/locations/l/namespaces/n/services/other\n',
        );
        const privateServices = { orders: { name: "projects/p/locations/l/namespaces/n/services/orders" } };
        const targets = () => ({ orders: service("orders") });
        assert.match(
            await refusal(
                () => new AuthenticatedWorkflow("fulfil", { location, source, targets: targets(), privateServices }),
            ),
            /:7:\d+: call "go" names another private service than that of target orders; write private_service_name: \$\{sys\.get_env\("ORDERS_PRIVATE_SERVICE"\)\}/,
        );
    });

    it("grants nothing and has no variables if it has no targets", async () => {
        const deployed = await deploy(() => new AuthenticatedWorkflow("fulfil", { location, source: getting() }));
        assert.deepEqual(deployed.names(), [
            "Account fulfil-account",
            "AuthenticatedWorkflow fulfil",
            "Stash fulfil-last-change",
            "Stash fulfil-smoke",
            "Workflow fulfil",
        ]);
        assert.deepEqual(Object.keys(deployed.find("Workflow", "fulfil")).sort(), [
            "deletionProtection",
            "region",
            "serviceAccount",
            "sourceContents",
        ]);
    });

    it("grants the roles of a Google API on the resources that they name, or otherwise on the project", async () => {
        const deployed = await deploy(() =>
            caller({
                bigquery: googleApi("bigquery.googleapis.com", { grants: [{ role: "roles/bigquery.jobUser" }] }),
                store: googleApi("storage.googleapis.com", {
                    grants: [
                        {
                            role: "roles/storage.objectViewer",
                            resource: { type: GrantResourceType.Bucket, name: "in" },
                        },
                        {
                            role: "roles/storage.objectCreator",
                            resource: { type: GrantResourceType.Bucket, name: "out" },
                        },
                    ],
                    scopes: ["https://www.googleapis.com/auth/devstorage.read_write"],
                }),
            }),
        );
        const member = `serviceAccount:${String(deployed.find("Account", "fulfil-account")["accountId"])}@demo.iam.gserviceaccount.com`;
        assert.deepEqual(deployed.find("IAMMember", "fulfil-bigquery.jobUser"), {
            project: "demo",
            role: "roles/bigquery.jobUser",
            member,
        });
        assert.deepEqual(deployed.find("BucketIAMMember", "fulfil-in-storage.objectViewer"), {
            bucket: "in",
            role: "roles/storage.objectViewer",
            member,
        });
        assert.deepEqual(deployed.find("BucketIAMMember", "fulfil-out-storage.objectCreator"), {
            bucket: "out",
            role: "roles/storage.objectCreator",
            member,
        });
        const { sourceContents, userEnvVars } = deployed.find("Workflow", "fulfil");
        assert.equal(userEnvVars, undefined);
        assert.match(String(sourceContents), /devstorage\.read_write/);
    });

    it("passes the audience to the workflow only if it is not the URL", async () => {
        const deployed = await deploy(() =>
            caller({
                orders: service("orders", { customAudiences: ["https://orders.example.com"] }),
                stock: service("stock"),
            }),
        );
        const { sourceContents, userEnvVars } = deployed.find("Workflow", "fulfil");
        assert.deepEqual(userEnvVars, {
            ORDERS_URL: "https://orders-abcdefghij-uc.a.run.app",
            ORDERS_AUDIENCE: "https://orders.example.com",
            STOCK_URL: "https://stock-abcdefghij-uc.a.run.app",
        });
        assert.match(String(sourceContents), /audience: \$\{sys\.get_env\("ORDERS_AUDIENCE"\)\}/);
    });

    it("takes a target as plain data, as YAML programs write it", async () => {
        const orders: Target = {
            kind: TargetKind.Run,
            url: "https://orders-abc-ew.a.run.app/",
            resource: {
                type: GrantResourceType.RunService,
                name: "orders",
                location: "europe-west4",
                project: "other",
            },
        };
        const deployed = await deploy(() => caller({ orders }));
        assert.deepEqual(deployed.find("Workflow", "fulfil")["userEnvVars"], {
            ORDERS_URL: "https://orders-abc-ew.a.run.app",
        });
        const grant = deployed.find("ServiceIamMember", "fulfil-orders-europe-west4-other");
        assert.deepEqual([grant["project"], grant["location"], grant["name"]], ["other", "europe-west4", "orders"]);
    });

    it("reads a file, and calls it by its path in messages", async () => {
        const folder = await mkdtemp(path.join(tmpdir(), "workflow-"));
        try {
            const file = path.join(folder, "fulfil.yaml");
            await writeFile(
                file,
                "main:\n  steps:\n    - go:\n        call: http.get\n        args:\n          url: https://x-abcdefghij-ew.a.run.app\n",
            );
            const source = new pulumi.asset.FileAsset(file);
            const message = await refusal(() => new AuthenticatedWorkflow("fulfil", { location, source }));
            assert.ok(message.startsWith(`${file}:6:16: `), message);
            assert.match(message, /targets/);
            for (const [wrong, says] of [
                [path.join(folder, "none.yaml"), /there is no such file or folder; correct the path/],
                [path.join(file, "below"), /a part of this path is a file.*; name a folder/],
                [folder, /it is a folder, where a file is expected; name a file/],
            ] as const) {
                const args = { location, source: new pulumi.asset.FileAsset(wrong) };
                const refused = await refusal(() => new AuthenticatedWorkflow("fulfil", args));
                assert.match(refused, says);
                assert.ok(refused.includes(wrong), refused);
            }
            const deployed = await deploy(() => new AuthenticatedWorkflow("fulfil", { location, source: getting() }));
            assert.equal(deployed.resources.length, 5);
        } finally {
            await rm(folder, { recursive: true });
        }
    });

    it("waits for a source that is an output, and audits it before the workflow is registered", async () => {
        const good = pulumi.output(Promise.resolve(getting(variable("ORDERS_URL"))));
        const deployed = await deploy(() => caller({ orders: service("orders") }, { source: good }));
        assert.match(String(deployed.find("Workflow", "fulfil")["sourceContents"]), /type: OIDC/);
        const bad = pulumi.output(Promise.resolve(getting("https://elsewhere-abc-ew.a.run.app")));
        const message = await refusal(() => caller({ orders: service("orders") }, { source: bad }));
        assert.match(message, /^fulfil\.workflow:6:\d+: /);
    });

    it("generates the same source in a preview, when no URL is known, as in the update", async () => {
        let source: pulumi.Output<string> | undefined;
        const program = (): void => void (source = caller({ orders: service("orders") }).source);
        await deploy(program, { preview: true });
        const preview = await value(source!);
        await deploy(program);
        assert.equal(await value(source!), preview);
        assert.match(preview, /type: OIDC/);
    });

    it("shows the source as it was written beside the one that is deployed", async () => {
        let workflow: AuthenticatedWorkflow | undefined;
        const written = getting(variable("ORDERS_URL"));
        await deploy(() => (workflow = caller({ orders: service("orders") }, { source: written })));
        assert.equal(await value(workflow!.authoredSource), await written.text);
        assert.notEqual(await value(workflow!.source), await written.text);
        assert.equal(
            await value(workflow!.invokeCommand),
            `gcloud workflows run fulfil-0000000 --location=${location} --project=demo --data='{}'`,
        );
    });

    it("writes the URLs into the source if they are more than a workflow may have variables", async () => {
        const few = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`s${index}`, `s${index}`] as const));
        const within = await deploy(() =>
            caller(Object.fromEntries(Object.keys(few).map((key) => [key, service(key)]))),
        );
        assert.equal(Object.keys(within.find("Workflow", "fulfil")["userEnvVars"] as object).length, 20);
        const beyond = await deploy(() =>
            caller(Object.fromEntries([...Object.keys(few), "more"].map((key) => [key, service(key)])), {
                env: { LEVEL: "debug" },
            }),
        );
        const { sourceContents, userEnvVars } = beyond.find("Workflow", "fulfil");
        assert.deepEqual(userEnvVars, { LEVEL: "debug" });
        assert.ok(!String(sourceContents).includes("sys.get_env"));
        assert.match(String(sourceContents), /audience: \$\{"https:\/\/more-abcdefghij-uc\.a\.run\.app"\}/);
    });

    it("executes the workflow in its check only if an argument is given, which can be null or {}", async () => {
        const kinds = async (smokeCheck: object): Promise<unknown[]> => {
            const deployed = await deploy(() => caller({ orders: service("orders") }, { smokeCheck }));
            return spec(deployed).probes.map(({ kind }) => kind);
        };
        const inside = ["request", "request", "request", "request"];
        assert.deepEqual(await kinds({}), ["policy", ...inside, "callers", "account"]);
        assert.deepEqual(await kinds({ argument: {} }), ["policy", ...inside, "workflow", "callers", "account"]);
        assert.deepEqual(await kinds({ argument: null }), ["policy", ...inside, "workflow", "callers", "account"]);
        assert.deepEqual(await kinds({ inside: false }), ["policy", "request", "request", "callers", "account"]);
    });

    it("puts the calls, the expectations and the grants that they depend on into its check", async () => {
        const deployed = await deploy(() =>
            caller(
                { orders: service("orders") },
                { smokeCheck: { argument: { order: 7 }, expect: { status: "reserved" }, deadline: 60 } },
            ),
        );
        const { probes, fingerprint, ...rest } = spec(deployed);
        const email = `${String(deployed.find("Account", "fulfil-account")["accountId"])}@demo.iam.gserviceaccount.com`;
        const grant = {
            member: `serviceAccount:${email}`,
            role: "roles/run.invoker",
            resource: `https://run.googleapis.com/v2/projects/demo/locations/${location}/services/orders-0000000`,
            label: "orders",
        };
        assert.deepEqual(rest, { version: 1, name: "fulfil", project: "demo", deadlineSeconds: 60 });
        assert.deepEqual(probes[0], { kind: "policy", name: "fulfil has roles/run.invoker on orders", grant });
        assert.deepEqual(
            probes.slice(1, 5).map(({ name, ingress, outcome }) => [name, ingress, outcome]),
            [
                ["anonymous → orders", "internal", "denied"],
                ["broken token → orders", "internal", "denied"],
                ["token for another audience → orders", "internal", "denied"],
                ["account without grant → orders", "internal", "denied"],
            ],
        );
        assert.deepEqual(probes[5], {
            kind: "workflow",
            name: "fulfil → orders",
            workflow: `projects/demo/locations/${location}/workflows/fulfil-0000000`,
            argument: { order: 7 },
            expect: { result: { status: "reserved" } },
            grants: [grant],
        });
        assert.deepEqual(Object.keys(fingerprint as object).sort(), [
            "ORDERS_URL",
            "account",
            "lastChange",
            "revision",
            "source",
        ]);
    });

    it("runs as an existing account if one is given, and makes none", async () => {
        const deployed = await deploy(() =>
            caller({ orders: service("orders") }, { serviceAccount: "mine@demo.iam.gserviceaccount.com" }),
        );
        assert.ok(!deployed.names().includes("Account fulfil-account"));
        assert.equal(
            deployed.find("ServiceIamMember", "fulfil-orders")["member"],
            "serviceAccount:mine@demo.iam.gserviceaccount.com",
        );
        assert.equal(deployed.find("Workflow", "fulfil")["serviceAccount"], "mine@demo.iam.gserviceaccount.com");
    });
});
