import assert from "node:assert/strict";
import type { DeclaredGrants } from "../../../smoke/attempt";
import { accountUrl } from "../../support/sandboxed";
import { apply } from "../diagnosis/apply";
import { callerUrl, createScene, demo, invoker, minter, orders, organization, stranger, type Scene } from "./scene";

const iam = "https://iam.googleapis.com/v1";

/** Ways to let somebody in who was not declared, and a part of the path that the check must name. */
const ways: [what: string, letIn: (scene: Scene) => Promise<unknown>, path: string | RegExp][] = [
    ["an invoker more", (scene) => scene.grant(orders, invoker, stranger), `${stranger} → ${invoker} on orders`],
    [
        "a narrower invoker role",
        (scene) => scene.grant(orders, "roles/run.servicesInvoker", stranger),
        "run.servicesInvoker on orders",
    ],
    ["everybody", (scene) => scene.grant(orders, invoker, "allUsers"), `allUsers → ${invoker} on orders`],
    [
        "everybody with an account",
        (scene) => scene.grant(orders, invoker, "allAuthenticatedUsers"),
        "allAuthenticatedUsers → ",
    ],
    ["a domain", (scene) => scene.grant(orders, invoker, "domain:example.com"), "domain:example.com → "],
    [
        "a group",
        (scene) => {
            scene.sandbox.cloud.iam.groups.set("dev@example.com", [stranger]);
            return scene.grant(orders, invoker, "group:dev@example.com");
        },
        `${stranger} → group:dev@example.com → ${invoker} on orders`,
    ],
    [
        "a group in a group",
        (scene) => {
            scene.sandbox.cloud.iam.groups.set("team@example.com", [stranger]);
            scene.sandbox.cloud.iam.groups.set("dev@example.com", ["group:team@example.com"]);
            return scene.grant(orders, invoker, "group:dev@example.com");
        },
        `${stranger} → group:team@example.com → group:dev@example.com → ${invoker}`,
    ],
    [
        "an invoker of the project",
        (scene) => scene.grant(demo, invoker, stranger),
        `${stranger} → ${invoker} on project demo → orders`,
    ],
    ["an invoker of the folder", (scene) => scene.grant(scene.folder, invoker, stranger), /on folder \d+ → orders/],
    [
        "an invoker of the organization",
        (scene) => scene.grant(organization, invoker, stranger),
        "on organization 7 → orders",
    ],
    [
        "a role of the project's own",
        async (scene) => {
            const roles = `${iam}/projects/demo/roles`;
            const role = { title: "x", includedPermissions: ["run.routes.invoke"] };
            await scene.admin("POST", roles, { roleId: "sneaky", role });
            await scene.grant(orders, "projects/demo/roles/sneaky", stranger);
        },
        "projects/demo/roles/sneaky on orders",
    ],
    [
        "the role of an administrator on the service itself",
        (scene) => scene.grant(orders, "roles/run.admin", stranger),
        "roles/run.admin on orders",
    ],
    [
        "a token creator",
        (scene) => scene.grant(callerUrl(scene), minter, stranger),
        /stranger@example.com → .*TokenCreator on caller@demo\S+ → orders/,
    ],
    [
        "a creator of ID tokens",
        (scene) => scene.grant(callerUrl(scene), "roles/iam.serviceAccountOpenIdTokenCreator", stranger),
        "OpenIdTokenCreator on caller@",
    ],
    [
        "a token creator of the project",
        (scene) => scene.grant(demo, minter, stranger),
        `${minter} on project demo → orders`,
    ],
    [
        "a user of the account",
        (scene) => scene.grant(callerUrl(scene), "roles/iam.serviceAccountUser", stranger),
        "serviceAccountUser on caller@",
    ],
    [
        "an administrator of keys",
        (scene) => scene.grant(demo, "roles/iam.serviceAccountKeyAdmin", stranger),
        "KeyAdmin on project demo",
    ],
    [
        "a key of the account",
        (scene) => scene.admin("POST", `${callerUrl(scene)}/keys`, {}),
        /key \w+ of caller@demo\S+ → /,
    ],
    [
        "a workload outside of Google",
        (scene) =>
            scene.grant(
                callerUrl(scene),
                "roles/iam.workloadIdentityUser",
                "principalSet://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/github/*",
            ),
        "workloadIdentityUser on caller@",
    ],
    [
        "an account that may mint as the caller, by whoever may mint as it",
        async (scene) => {
            const helper = await scene.account("helper");
            await scene.grant(callerUrl(scene), minter, `serviceAccount:${helper}`);
        },
        "serviceAccount:helper@demo.iam.gserviceaccount.com → ",
    ],
    [
        "an agent of another project",
        (scene) => scene.grant(orders, invoker, "serviceAccount:service-99@gcp-sa-pubsub.iam.gserviceaccount.com"),
        "service-99@gcp-sa-pubsub",
    ],
    [
        "a binding with a condition that holds for some time",
        async (scene) => {
            const policy = await scene.admin("GET", `${orders}:getIamPolicy?options.requestedPolicyVersion=3`);
            const condition = { title: "soon", expression: 'request.time < timestamp("2999-01-01T00:00:00Z")' };
            const more = { role: invoker, members: [stranger], condition };
            const bindings = [...(policy["bindings"] as object[]), more];
            await scene.admin("POST", `${orders}:setIamPolicy`, { policy: { ...policy, version: 3, bindings } });
        },
        `${stranger} → ${invoker} on orders`,
    ],
    [
        "another audience",
        (scene) => update(scene, { customAudiences: ["https://orders.example.com", "https://b.example"] }),
        "accepts the audience https://b.example",
    ],
    [
        "an open ingress",
        (scene) => update(scene, { ingress: "INGRESS_TRAFFIC_ALL" }),
        "the ingress is all, and internal was declared",
    ],
    [
        "the ingress of a load balancer",
        (scene) => update(scene, { ingress: "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER" }),
        "internal-and-load-balancer",
    ],
    ["no invoker check", (scene) => update(scene, { invokerIamDisabled: true }), "invokerIamDisabled"],
];

const update = async (scene: Scene, change: object) =>
    scene.admin("PATCH", orders, { ...(await scene.admin("GET", orders)), ...change });

describe("somebody who was not declared gets in by", () => {
    let scene: Scene;
    before(async () => {
        scene = await createScene();
        assert.deepEqual((await scene.ask()).verdict, "passed");
    });
    after(() => scene.close());

    for (const [what, letIn, path] of ways) {
        it(`${what}: the check is red, names the path, and its command ends it`, async () => {
            await letIn(scene);
            const { verdict, access, diagnosis, attempts } = await scene.ask();
            assert.deepEqual([verdict, access?.verdict], ["failed", "violated"], JSON.stringify(access));
            const isPublic = access?.ways.some(({ kind }) => kind === "public") === true;
            assert.deepEqual([diagnosis?.code, attempts], [isPublic ? "public" : "undeclared-caller", 1]);
            const paths = access?.ways.filter(({ fix }) => fix !== undefined).map((way) => way.path) ?? [];
            assert.ok(
                paths.some((each) => (typeof path === "string" ? each.includes(path) : path.test(each))),
                paths.join("\n"),
            );
            const commands = (diagnosis?.fix ?? "").split("\n").filter((line) => line.startsWith("gcloud "));
            assert.ok(commands.length > 0, diagnosis?.fix);
            await apply(scene, commands.join("\n"));
            const after = await scene.ask();
            assert.deepEqual(
                [after.verdict, after.access?.verdict],
                ["passed", "proven"],
                JSON.stringify(after.access),
            );
        });
    }

    it("a stranger without exactly: the check warns and names the line to paste; everybody is red all the same", async () => {
        await scene.grant(orders, invoker, stranger);
        const { verdict, diagnosis } = await scene.ask({ exactly: false });
        assert.equal(verdict, "warning");
        assert.match(diagnosis?.fix ?? "", /allowedCallers: \["user:stranger@example\.com"\]/);
        const declared = await scene.ask({ allowed: [...scene.probe.allowed, stranger] });
        assert.equal(declared.verdict, "passed");
        await scene.grant(orders, invoker, "allUsers");
        assert.equal((await scene.ask({ exactly: false })).verdict, "failed");
        await scene.revoke(orders, invoker, "allUsers");
        await scene.revoke(orders, invoker, stranger);
    });

    it("an owner is listed, and refused only where the check says so", async () => {
        const { verdict, access } = await scene.ask();
        assert.equal(verdict, "passed");
        const owner = access?.ways.find(({ member }) => member === "user:owner@example.com");
        assert.deepEqual([owner?.kind, owner?.fix], ["administrator", undefined]);
        const refused = await scene.ask({ administrators: "refuse" });
        assert.equal(refused.verdict, "failed");
        assert.match(
            refused.diagnosis?.fix ?? "",
            /gcloud projects remove-iam-policy-binding demo --member=user:owner@example\.com/,
        );
    });

    it("a caller whose grant becomes known while the policies are read: the check asks again", async () => {
        const grant = { member: `serviceAccount:${scene.caller}`, role: invoker, resource: orders, label: "orders" };
        const declared = { grants: [] as object[], pending: 1 };
        const { verdict, attempts } = await scene.ask(
            { allowed: [] },
            () => {
                declared.grants = [grant];
                declared.pending = 0;
                return undefined;
            },
            () => declared as never,
        );
        assert.deepEqual([verdict, attempts], ["passed", 2]);
        const never = await scene.ask({ allowed: [] }, undefined, () => ({ grants: [], pending: 1 }));
        assert.deepEqual([never.verdict, never.diagnosis?.code], ["failed", "undeclared-caller"]);
        const warned = await scene.ask({ allowed: [], exactly: false }, undefined, () => ({ grants: [], pending: 1 }));
        assert.equal(warned.verdict, "warning");
    });

    describe("a caller that the program has not made yet in this update", () => {
        const component = "orders-1a2b3c4";
        const incomplete = () => ({ grants: [], pending: 0, incomplete: true });
        const describeAs = (description: string) =>
            scene.admin("PATCH", accountUrl(scene.caller), {
                serviceAccount: { description },
                updateMask: "description",
            });
        const askOf = (change: object = {}, declared?: () => DeclaredGrants) =>
            scene.ask({ allowed: [], component, ...change }, undefined, declared ?? incomplete);
        after(() => describeAs(""));

        for (const description of [
            `Calls ${component}`,
            `Calls front-0000000, ${component}, stock-1111111`,
            "Calls 0000000, 1a2b3c4",
        ]) {
            it(`was declared if its account says that it calls the target: ${description}`, async () => {
                await describeAs(description);
                const { verdict, access } = await askOf();
                assert.equal(verdict, "passed");
                const way = access?.ways.find(({ member }) => member === `serviceAccount:${scene.caller}`);
                assert.equal(way?.kind, "caller");
            });
        }

        for (const description of [
            "",
            "calls orders-1a2b3c4",
            "Does not call: Calls orders-1a2b3c4",
            "Calls orders",
            "Calls orders-1a2b3c",
            "Calls orders-1a2b3c45, 1a2b3c4d",
            "Calls stock-1111111",
        ]) {
            it(`is a stranger if it says anything else: ${JSON.stringify(description)}`, async () => {
                await describeAs(description);
                const { verdict, diagnosis } = await askOf();
                assert.deepEqual([verdict, diagnosis?.code], ["failed", "undeclared-caller"]);
            });
        }

        it("is a stranger in another project, where anybody can write any description", async () => {
            const other = `caller@other.iam.gserviceaccount.com`;
            await scene.admin("POST", "https://iam.googleapis.com/v1/projects/other/serviceAccounts", {
                accountId: "caller",
                serviceAccount: { description: `Calls ${component}` },
            });
            await scene.grant(orders, invoker, `serviceAccount:${other}`);
            await describeAs(`Calls ${component}`);
            const { verdict, diagnosis } = await askOf();
            assert.equal(verdict, "failed");
            assert.match(diagnosis?.cause ?? "", /serviceAccount:caller@other/);
            assert.doesNotMatch(diagnosis?.cause ?? "", /caller@demo/);
            await scene.revoke(orders, invoker, `serviceAccount:${other}`);
        });

        it("is a stranger once the program is complete, whatever its account says", async () => {
            await describeAs(`Calls ${component}`);
            assert.equal((await askOf({}, () => ({ grants: [], pending: 0 }))).verdict, "failed");
        });

        it("and whoever may become it is a stranger still", async () => {
            await describeAs(`Calls ${component}`);
            await scene.grant(accountUrl(scene.caller), minter, stranger);
            const { verdict, diagnosis } = await askOf();
            assert.equal(verdict, "failed");
            assert.match(diagnosis?.cause ?? "", /user:stranger@example\.com → .*serviceAccountTokenCreator/);
            await scene.revoke(accountUrl(scene.caller), minter, stranger);
        });

        it("is asked about again while its account cannot be read for the moment, and never taken for declared", async () => {
            await describeAs(`Calls ${component}`);
            let busy = 2;
            const tamper = (url: string) =>
                url.endsWith(`/serviceAccounts/${encodeURIComponent(scene.caller)}`) && busy-- > 0
                    ? { status: 503, body: "{}" }
                    : undefined;
            const { verdict, attempts } = await scene.ask({ allowed: [], component }, tamper, incomplete);
            assert.deepEqual([verdict, attempts], ["passed", 3]);
            const hidden = (url: string) =>
                /\/serviceAccounts\/[^:/]+$/.test(url) ? { status: 403, body: "{}" } : undefined;
            const refused = await scene.ask({ allowed: [], component }, hidden, incomplete);
            assert.equal(refused.verdict, "failed");
        });
    });
});
