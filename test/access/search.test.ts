import { strict as assert } from "node:assert";
import type { Answer, FactValues, Fact, Need, Question } from "../../access";
import { gatherAnswer } from "../../access";

const orders = "https://run.googleapis.com/v2/projects/demo/locations/europe-west1/services/orders";
const demo = "https://cloudresourcemanager.googleapis.com/v1/projects/demo";
const caller = "serviceAccount:caller@demo.iam.gserviceaccount.com";
const account = "https://iam.googleapis.com/v1/projects/demo/serviceAccounts/caller@demo.iam.gserviceaccount.com";
const invoker = "roles/run.invoker";
const minter = "roles/iam.serviceAccountTokenCreator";

type Values = { [K in keyof FactValues]?: Record<string, FactValues[K]> };

const roles = {
    [invoker]: ["run.routes.invoke"],
    [minter]: ["iam.serviceAccounts.getAccessToken"],
    "roles/owner": ["run.routes.invoke", "run.services.update", "resourcemanager.projects.setIamPolicy"],
    "roles/viewer": ["run.services.get"],
    "roles/run.serviceAgent": ["run.routes.invoke"],
    "roles/run.developer": ["run.services.update"],
};

/** What the search says of orders, where its only declared caller is `caller`. All other facts say that nobody is in. */
function ask(values: Values, question: Partial<Question> = {}): Promise<Answer> {
    const nothing: { [K in keyof FactValues]: FactValues[K] | undefined } = {
        ...{ policy: [], role: undefined, group: undefined, keys: [], denials: [] },
        project: { number: "12", ancestors: [] },
        receiver: { invokerCheck: true, iap: false, ingress: "internal", customAudiences: [] },
    };
    const own: Values = {
        ...values,
        role: { ...roles, ...values.role },
        policy: { [orders]: [{ role: invoker, members: [caller] }], ...values.policy },
    };
    return gatherAnswer(
        { target: orders, allowed: [caller], administrators: "list", expected: {}, now: 0, ...question },
        <K extends keyof FactValues>({ kind, name }: Need<K>): Promise<Fact<FactValues[K]>> => {
            const known: Partial<Record<string, FactValues[K]>> = own[kind] ?? {};
            const value = known[name] ?? nothing[kind];
            return Promise.resolve(value === undefined ? { what: `the ${kind} ${name}`, why: "404" } : { value });
        },
    );
}

const policyWith = (role: string, ...members: string[]) => ({
    [orders]: [
        { role: invoker, members: [caller] },
        { role, members },
    ],
});
const verdict = async (values: Values, question: Partial<Question> = {}) => (await ask(values, question)).verdict;
const strangers = ({ ways }: Answer) =>
    ways.filter(({ kind }) => kind === "stranger" || kind === "public").map(({ member }) => member);

describe("who may call a service", () => {
    it("knows by its basic role who is named as one of a project's owners, editors or viewers", async () => {
        const policy = (member: string, role: string, named: string) => ({
            policy: {
                ...policyWith(invoker, named),
                ...Object.fromEntries(
                    [demo, demo.replace("/demo", "/12")].map((url) => [url, [{ role, members: [member] }]]),
                ),
            },
        });
        const kindOf = async (role: string, named: string) => {
            const { ways } = await ask(policy("user:x@example.com", role, named));
            return ways.find(({ member, steps: [first] }) => {
                const on = first?.kind === "binding" ? first.on : "";
                return member === "user:x@example.com" && on === orders;
            })?.kind;
        };
        for (const project of ["demo", "12"]) {
            assert.equal(await kindOf("roles/owner", `projectOwner:${project}`), "administrator");
        }
        assert.equal(await kindOf("roles/viewer", "projectViewer:demo"), "stranger");
        assert.equal(await kindOf("roles/owner", "projectOwner:other"), undefined);
        assert.equal(await kindOf("roles/owner", "projectViewer:demo"), undefined);
    });

    it("is proven to be the declared callers where nobody else is in any policy", async () => {
        assert.equal(await verdict({}), "proven");
        assert.equal(await verdict({}, { allowed: [] }), "violated");
    });

    it("ignores upper and lower case, deleted members, and roles that do not let in", async () => {
        assert.equal(
            await verdict({}, { allowed: [caller.toUpperCase().replace("SERVICEACCOUNT", "serviceAccount")] }),
            "proven",
        );
        assert.equal(await verdict({ policy: policyWith(invoker, "deleted:user:x@example.com?uid=1") }), "proven");
        assert.equal(await verdict({ policy: policyWith("roles/run.developer", "user:x@example.com") }), "proven");
    });

    for (const member of [
        ...[
            "user:x@example.com",
            "domain:example.com",
            "allUsers",
            "allAuthenticatedUsers",
            "principalSet://goog/public:all",
        ],
        "principal://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/subject/s",
        "principalSet://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/*",
        "serviceAccount:demo.svc.id.goog[ns/app]",
        "serviceAccount:service-99@gcp-sa-pubsub.iam.gserviceaccount.com",
    ]) {
        it(`is violated by ${member}, and proven where that was declared`, async () => {
            const found = await ask({ policy: policyWith(invoker, member) });
            assert.deepEqual([found.verdict, strangers(found)], ["violated", [member]]);
            const declared = await verdict({ policy: policyWith(invoker, member) }, { allowed: [caller, member] });
            assert.equal(declared, "proven");
        });
    }

    it("does not know who may become an account whose name does not tell its project", async () => {
        const builder = "serviceAccount:12@cloudbuild.gserviceaccount.com";
        const policy = policyWith(invoker, builder);
        assert.equal(await verdict({ policy }), "violated");
        assert.equal(await verdict({ policy }, { allowed: [caller, builder] }), "unknown");
    });

    it("is unknown where a member is of a kind that nobody knows", async () => {
        assert.equal(await verdict({ policy: policyWith(invoker, "robot:x") }), "unknown");
    });

    it("lists Google's own accounts of the project apart", async () => {
        const agent = "serviceAccount:service-12@serverless-robot-prod.iam.gserviceaccount.com";
        const { verdict: own, ways } = await ask({
            policy: { [demo]: [{ role: "roles/run.serviceAgent", members: [agent] }] },
        });
        assert.equal(own, "proven");
        assert.deepEqual(ways.find(({ member }) => member === agent)?.kind, "agent");
    });

    it("lists owners apart, and refuses them only where that is asked", async () => {
        const policy = { [demo]: [{ role: "roles/owner", members: ["user:boss@example.com"] }] };
        assert.equal(await verdict({ policy }), "proven");
        assert.equal(await verdict({ policy }, { administrators: "refuse" }), "violated");
        const allowed = [caller, "user:boss@example.com"];
        assert.equal(await verdict({ policy }, { administrators: "refuse", allowed }), "proven");
    });

    it("takes the role of an owner on the service itself for what it is: a way that nobody declared", async () => {
        assert.equal(await verdict({ policy: policyWith("roles/owner", "user:x@example.com") }), "violated");
    });

    it("follows who may become a caller, from account to account", async () => {
        const robot = "serviceAccount:robot@demo.iam.gserviceaccount.com";
        const answer = await ask({
            policy: {
                [account]: [{ role: minter, members: [robot] }],
                [account.replace("caller@", "robot@")]: [{ role: minter, members: ["user:x@example.com"] }],
            },
        });
        assert.deepEqual([answer.verdict, strangers(answer)], ["violated", [robot, "user:x@example.com"]]);
        assert.equal(answer.ways.at(-1)?.steps.length, 3);
    });

    it("takes a declared grant on an account for what it is, and for no more", async () => {
        const policy = { [account]: [{ role: minter, members: ["user:dev@example.com"] }] };
        const grants = [{ member: "user:dev@example.com", role: minter, resource: account }];
        assert.equal(await verdict({ policy }), "violated");
        assert.equal(await verdict({ policy }, { grants }), "proven");
        const more = { ...policy, ...policyWith(invoker, "user:dev@example.com") };
        assert.equal(await verdict({ policy: more }, { grants }), "violated");
    });

    it("is violated by a key of a caller, and not by one of somebody else", async () => {
        const email = "caller@demo.iam.gserviceaccount.com";
        assert.equal(await verdict({ keys: { [email]: ["abc"] } }), "violated");
        assert.equal(await verdict({ keys: { "else@demo.iam.gserviceaccount.com": ["abc"] } }), "proven");
    });

    it("looks into groups, also into those that hold each other, and not into declared ones", async () => {
        const group = { "a@example.com": ["group:b@example.com", caller], "b@example.com": ["group:a@example.com"] };
        const policy = policyWith(invoker, "group:a@example.com");
        assert.equal(await verdict({ policy, group }), "proven");
        const more = { ...group, "b@example.com": ["user:x@example.com"] };
        assert.deepEqual(strangers(await ask({ policy, group: more })), ["user:x@example.com"]);
        assert.equal(await verdict({ policy }), "unknown");
        assert.equal(await verdict({ policy }, { allowed: [caller, "group:a@example.com"] }), "proven");
    });

    it("knows who owners of a project are, where a policy names them so", async () => {
        const policy = (members: string[]) => ({
            ...policyWith(invoker, "projectViewer:demo"),
            [demo]: [{ role: "roles/viewer", members }],
        });
        const role = { "roles/viewer": ["run.services.get"] };
        assert.equal(await verdict({ policy: policy(["user:x@example.com"]), role }), "violated");
        assert.equal(await verdict({ policy: policy([caller]), role }), "proven");
    });

    it("is violated where the service is more open than it was declared", async () => {
        const receiver = (change: Partial<FactValues["receiver"]>) => ({
            receiver: {
                [orders]: {
                    invokerCheck: true,
                    iap: false,
                    ingress: "internal" as const,
                    customAudiences: ["https://a"],
                    ...change,
                },
            },
        });
        const expected = { ingress: "internal" as const, audiences: ["https://a"] };
        assert.equal(await verdict(receiver({}), { expected }), "proven");
        assert.equal(await verdict(receiver({ customAudiences: [] }), { expected }), "proven");
        assert.equal(await verdict(receiver({ invokerCheck: false }), { expected }), "violated");
        assert.equal(
            await verdict(receiver({ customAudiences: ["https://a", "https://b"] }), { expected }),
            "violated",
        );
        assert.equal(await verdict(receiver({ ingress: "all" }), { expected }), "violated");
        assert.equal(await verdict(receiver({ ingress: "all" }), { expected: { ingress: "all" } }), "proven");
    });

    describe("under a condition", () => {
        const conditional = (expression: string) => ({
            policy: { [orders]: [{ role: invoker, members: ["user:x@example.com"], condition: { expression } }] },
        });
        const now = Date.parse("2026-01-01T00:00:00Z");
        for (const [expression, expected] of [
            ['request.time < timestamp("2030-01-01T00:00:00Z")', "violated"],
            ['request.time < timestamp("2020-01-01T00:00:00Z")', "proven"],
            ['request.time > timestamp("2030-01-01T00:00:00Z")', "violated"],
            ['request.time == timestamp("2030-01-01T00:00:00Z")', "violated"],
            [
                'request.time > timestamp("2027-01-01T00:00:00Z") && request.time < timestamp("2027-01-02T00:00:00Z")',
                "violated",
            ],
            [
                'request.time > timestamp("2027-01-02T00:00:00Z") && request.time < timestamp("2027-01-01T00:00:00Z")',
                "proven",
            ],
            ['resource.name == "projects/demo/locations/europe-west1/services/orders"', "violated"],
            ['resource.name == "projects/12/locations/europe-west1/services/orders"', "violated"],
            ['resource.name.startsWith("projects/other/")', "proven"],
            ['resource.type == "run.googleapis.com/Service"', "violated"],
            ['resource.service == "pubsub.googleapis.com"', "proven"],
            ['request.time.getHours("Europe/Berlin") < 8', "unknown"],
            ['resource.matchTag("1/env", "prod")', "unknown"],
            ['"api.getAttribute" == resource.name', "proven"],
            ["request.auth.claims.x == 1", "unknown"],
            ["this is no CEL", "unknown"],
            ["resource.name", "unknown"],
            ["", "unknown"],
        ] as const) {
            it(`is ${expected}: ${expression}`, async () => {
                assert.equal(await verdict(conditional(expression), { now }), expected);
            });
        }
    });

    describe("under a deny policy", () => {
        const stranger = policyWith(invoker, "user:x@example.com");
        const rule = { deniedPermissions: ["run.googleapis.com/routes.invoke"] };
        const everybody = "principalSet://goog/public:all";
        const mine = "principal://iam.googleapis.com/projects/-/serviceAccounts/caller@demo.iam.gserviceaccount.com";
        for (const [what, denials, expected] of [
            [
                "that names the stranger",
                { ...rule, deniedPrincipals: ["principal://goog/subject/X@example.com"] },
                "proven",
            ],
            [
                "that names somebody else",
                { ...rule, deniedPrincipals: ["principal://goog/subject/y@example.com"] },
                "violated",
            ],
            [
                "for all but the caller",
                { ...rule, deniedPrincipals: [everybody], exceptionPrincipals: [mine] },
                "proven",
            ],
            [
                "with an exception for the stranger",
                {
                    ...rule,
                    deniedPrincipals: [everybody],
                    exceptionPrincipals: ["principal://goog/subject/x@example.com"],
                },
                "violated",
            ],
            [
                "with an exception for a group",
                {
                    ...rule,
                    deniedPrincipals: [everybody],
                    exceptionPrincipals: ["principalSet://goog/group/g@example.com"],
                },
                "unknown",
            ],
            ["of a group", { ...rule, deniedPrincipals: ["principalSet://goog/group/g@example.com"] }, "unknown"],
            [
                "with a condition",
                { ...rule, deniedPrincipals: [everybody], denialCondition: { expression: "true" } },
                "unknown",
            ],
            [
                "of another permission",
                { deniedPermissions: ["run.googleapis.com/jobs.run"], deniedPrincipals: [everybody] },
                "violated",
            ],
            [
                "with an exception for the permission",
                { ...rule, exceptionPermissions: ["run.googleapis.com/*.*"], deniedPrincipals: [everybody] },
                "violated",
            ],
        ] as const) {
            it(`is ${expected} by one ${what}`, async () => {
                assert.equal(await verdict({ policy: stranger, denials: { [demo]: [denials] } }), expected);
            });
        }

        it("lets nobody in who is in a set that the rule spares in part", async () => {
            const open = policyWith(invoker, "allUsers");
            const all = { ...rule, deniedPrincipals: [everybody] };
            assert.equal(await verdict({ policy: open, denials: { [demo]: [all] } }), "proven");
            const spared = { ...all, exceptionPrincipals: ["principal://goog/subject/y@example.com"] };
            assert.equal(await verdict({ policy: open, denials: { [demo]: [spared] } }), "unknown");
            const declared = { ...all, exceptionPrincipals: [mine] };
            assert.equal(await verdict({ policy: open, denials: { [demo]: [declared] } }), "proven");
        });
    });

    it("asks Identity-Aware Proxy where it is on, and the service behind it where it is off", async () => {
        const target = "https://iap.googleapis.com/v1/projects/demo/iap_web/cloud_run-europe-west1/services/orders";
        const role = { "roles/iap.httpsResourceAccessor": ["iap.webServiceVersions.accessViaIAP"] };
        const receiver = (iap: boolean) => ({
            [orders]: { invokerCheck: true, iap, ingress: "all" as const, customAudiences: [] },
        });
        const policy = policyWith(invoker, "user:x@example.com");
        assert.equal(await verdict({ receiver: receiver(true), role, policy }, { target }), "proven");
        assert.equal(await verdict({ receiver: receiver(false), role, policy }, { target }), "violated");
        for (const level of [target, target.replace(/\/services.*/, ""), target.replace(/\/cloud_run.*/, "")]) {
            const through = { [level]: [{ role: "roles/iap.httpsResourceAccessor", members: ["user:y@example.com"] }] };
            assert.equal(
                await verdict({ receiver: receiver(true), role, policy: through }, { target }),
                "violated",
                level,
            );
        }
    });
});
