import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import {
    AuthenticatedPush,
    AuthenticatedQueue,
    AuthenticatedSchedule,
    ContinuousCheck,
    Ingress,
    InvokableBackend,
    InvokableFunction,
    TokenMinter,
    type Target,
} from "../../../index";
import type { Probe, SmokeSpec } from "../../../smoke";
import { targets } from "../support/cells";
import { type Deployed, deploy, refusal } from "../support/deploy";
import { caller, image, location, service } from "../support/programs";

const open: Target = { ...targets.run, ingress: Ingress.All };
const minters = ["user:ann@example.com"];
const iapClientId = "1-a.apps.googleusercontent.com";

const specOf = (deployed: Deployed, name: string) => deployed.find("Stash", `${name}-smoke`)["input"] as SmokeSpec;
const probesOf = async (name: string, program: () => unknown): Promise<Probe[]> =>
    specOf(await deploy(program, { config: { "gcp:project": "demo" } }), name).probes;

/** Every component with a check, as it is without a word about the check. */
const components: Record<string, [name: string, make: (smokeCheck?: object) => unknown]> = {
    service: ["c", (smokeCheck) => service("c", { ingress: Ingress.All, ...(smokeCheck && { smokeCheck }) })],
    function: [
        "c",
        (smokeCheck) =>
            new InvokableFunction("c", {
                ...{ source: __dirname, runtime: "nodejs22", entryPoint: "x", location, ingress: Ingress.All },
                ...(smokeCheck && { smokeCheck }),
            }),
    ],
    backend: [
        "c",
        (smokeCheck) =>
            new InvokableBackend("c", {
                ...{ image, location, iapClientId, ingress: Ingress.All },
                ...(smokeCheck && { smokeCheck }),
            }),
    ],
    workflow: ["fulfil", (smokeCheck) => caller({ orders: open }, smokeCheck ? { smokeCheck } : {})],
    schedule: [
        "c",
        (smokeCheck) =>
            new AuthenticatedSchedule("c", {
                ...{ location, schedule: "0 6 * * *", target: open, body: "secret body" },
                ...(smokeCheck && { smokeCheck }),
            }),
    ],
    queue: [
        "c",
        (smokeCheck) => new AuthenticatedQueue("c", { location, target: open, ...(smokeCheck && { smokeCheck }) }),
    ],
    push: ["c", (smokeCheck) => new AuthenticatedPush("c", { target: open, ...(smokeCheck && { smokeCheck }) })],
    minter: [
        "c",
        (smokeCheck) =>
            new TokenMinter("c", {
                ...{ caller: "user:a@example.com", privilegedAccount: "a@demo.iam.gserviceaccount.com" },
                ...(smokeCheck && { smokeCheck }),
            }),
    ],
    continuous: [
        "c",
        (smokeCheck) =>
            new ContinuousCheck("c", {
                ...{ location, requests: { orders: { target: open, path: "/" } } },
                ...(smokeCheck && { smokeCheck }),
            }),
    ],
};

describe("the smoke check of each component", () => {
    after(() => pulumi.runtime.setAllConfig({}));

    for (const [what, [name, make]] of Object.entries(components)) {
        it(`of a ${what} does not reach the user's code by default`, async () => {
            const probes = await probesOf(name, () => make());
            assert.ok(probes.length > 0);
            for (const probe of probes) {
                assert.ok(
                    probe.kind === "policy" ||
                        probe.kind === "callers" ||
                        probe.kind === "account" ||
                        probe.kind === "sender" ||
                        (probe.kind === "request" && probe.outcome === "denied"),
                    JSON.stringify(probe),
                );
            }
        });

        it(`of a ${what} can be switched off, and given less time`, async () => {
            const off = await deploy(() => make({ enabled: false }), { config: { "gcp:project": "demo" } });
            assert.deepEqual(
                off.names().filter((each) => each.startsWith("Stash")),
                [],
            );
            const short = await deploy(() => make({ deadline: 60 }), { config: { "gcp:project": "demo" } });
            assert.equal(specOf(short, name).deadlineSeconds, 60);
        });
    }

    it("runs a job if run is true, and again when the job sends something else", async () => {
        const [, make] = components["schedule"]!;
        const deployed = await deploy(() => make({ run: true }));
        const { probes, fingerprint } = specOf(deployed, "c");
        const [, probe] = probes;
        assert.equal(probe?.kind, "schedule");
        assert.match(probe.job, /^projects\/demo\/locations\/europe-west1\/jobs\/c-0000000$/);
        assert.equal(probe.grants?.[0]?.role, "roles/run.invoker");
        assert.match(fingerprint["request"] ?? "", /^[0-9a-f]{64}$/);
        assert.doesNotMatch(JSON.stringify(deployed.find("Stash", "c-smoke")), /secret body/);
    });

    it("adds a task with the queue's own token if an argument is given", async () => {
        const [, make] = components["queue"]!;
        const [, probe] = await probesOf("c", () => make({ argument: { order: 7 } }));
        assert.deepEqual(probe, {
            kind: "task",
            name: "c → target",
            queue: "projects/demo/locations/europe-west1/queues/c-0000000",
            url: "https://orders.a.run.app",
            method: "POST",
            body: { order: 7 },
            grants: probe?.kind === "task" ? probe.grants : undefined,
        });
    });

    it("publishes a message if an argument is given, and looks for it if a path is given", async () => {
        const [, make] = components["push"]!;
        const [, unseen] = await probesOf("c", () => make({ argument: {}, attributes: { kind: "test" } }));
        assert.equal(unseen?.kind, "message");
        assert.deepEqual(
            [unseen.topic, unseen.subscription, unseen.attributes, unseen.arrival],
            ["projects/demo/topics/c-0000000", "projects/demo/subscriptions/c-0000000", { kind: "test" }, undefined],
        );
        const deployed = await deploy(() =>
            make({ argument: {}, path: "/seen/{id}", expect: { result: { seen: true } }, probeMinters: minters }),
        );
        const [, seen] = specOf(deployed, "c").probes;
        const probe = `${String(deployed.find("Account", "c-probe")["accountId"])}@demo.iam.gserviceaccount.com`;
        assert.equal(seen?.kind, "message");
        const { grants, ...arrival } = seen.arrival!;
        assert.equal(grants?.[0]?.member, `serviceAccount:${probe}`);
        assert.deepEqual(arrival, {
            url: "https://orders.a.run.app/seen/{id}",
            credential: { kind: "idToken", serviceAccount: probe, audience: "https://orders.a.run.app" },
            expect: { result: { seen: true } },
        });
        assert.equal(deployed.find("IAMMember", `c-probe-minter-${String(minters[0])}`)["member"], minters[0]);
    });

    it("executes a continuous check at once if run is true", async () => {
        const [, make] = components["continuous"]!;
        const probes = await probesOf("c", () => make({ run: true }));
        assert.equal(probes.filter(({ kind }) => kind === "workflow").length, 1);
    });

    it("passes on every expectation, and the identity that the receiver must have seen", async () => {
        const all = {
            ...{ status: 201, at: { "$.a": 1 }, matches: "^x", maxMilliseconds: 900 },
            headers: { "x-a": "b" },
        };
        const [, , allowed] = await probesOf("c", () =>
            service("c", { ingress: Ingress.All, smokeCheck: { path: "/", expect: { ...all, identity: true } } }),
        );
        assert.equal(allowed?.kind, "request");
        const { serviceAccount } = allowed.credential as { serviceAccount: string };
        assert.deepEqual(allowed.expect, { ...all, identity: serviceAccount });
        const flow = await probesOf("fulfil", () =>
            caller({ orders: open }, { smokeCheck: { argument: {}, expect: [1], matches: "x", identity: true } }),
        );
        const execution = flow.find((probe) => probe.kind === "workflow");
        assert.deepEqual([execution?.expect?.matches, execution?.expect?.result], ["x", [1]]);
        assert.match(execution?.expect?.identity ?? "", /^fulfil-[0-9a-f]+@demo/);
    });

    it("tries denials with tokens of its own accounts if the deployer may mint them, also without a path", async () => {
        const names = async (smokeCheck: object) =>
            (await probesOf("c", () => service("c", { ingress: Ingress.All, smokeCheck }))).map((probe) =>
                probe.kind === "request"
                    ? [probe.name.split(" → ")[0], probe.outcome, probe.deniedStatus?.[0]]
                    : [probe.kind],
            );
        const always = [
            ["anonymous", "denied", 403],
            ["broken token", "denied", 401],
        ];
        const asked = [["callers"], ["account"]];
        const elsewhere = ["token for another audience", "denied", 401];
        assert.deepEqual(await names({}), [...always, ...asked]);
        const stranger = ["account without grant", "denied", 403];
        assert.deepEqual(await names({ probeMinters: minters }), [
            ...always,
            ["policy"],
            elsewhere,
            stranger,
            ...asked,
        ]);
        const [allowed, expired] = [
            ["probe account", "allowed", undefined],
            ["expired token", "denied", 401],
        ];
        assert.deepEqual(await names({ path: "/" }), [...always, allowed, elsewhere, expired, ...asked]);
        const everything = [...always, ["policy"], ["policy"], allowed, elsewhere, expired, stranger, ...asked];
        assert.deepEqual(await names({ path: "/", probeMinters: minters }), everything);
    });

    it("asks for a function's path below its own, not beside it", async () => {
        const existing = { name: "legacy", location, generation: 1 };
        const probes = await probesOf(
            "legacy",
            () => new InvokableFunction("legacy", { existing, smokeCheck: { path: "/of/7" } }),
        );
        const allowed = probes.find((probe) => probe.kind === "request" && probe.outcome === "allowed");
        assert.match(
            allowed?.kind === "request" ? allowed.url : "",
            /^https:\/\/[^/]+\.cloudfunctions\.net\/legacy\/of\/7$/,
        );
    });

    const refused: [string, () => unknown, RegExp][] = [
        [
            "an answer to no request",
            () => service("c", { ingress: Ingress.All, smokeCheck: { expect: {} } }),
            /^smokeCheck\.expect: needs a request, and the check sends none; add path/,
        ],
        [
            "a result of no execution",
            () => caller({ orders: open }, { smokeCheck: { expect: {} } }),
            /^smokeCheck\.expect: needs a result, and the check does not execute the workflow; add argument/,
        ],
        [
            "a path that nobody outside reaches",
            () => service("c", { smokeCheck: { path: "/" } }),
            /^smokeCheck\.path: asks for requests from outside, where ingress "internal" answers 404 to everyone/,
        ],
        [
            "accounts that nobody outside can call as",
            () => service("c", { smokeCheck: { probeMinters: minters } }),
            /^smokeCheck\.probeMinters: asks for requests from outside/,
        ],
        [
            "a path without a slash",
            () => service("c", { ingress: Ingress.All, smokeCheck: { path: "x" } }),
            /^smokeCheck\.path: "x" does not begin with a slash/,
        ],
        [
            "a pattern that is none",
            () => service("c", { ingress: Ingress.All, smokeCheck: { path: "/", expect: { matches: "(" } } }),
            /^smokeCheck\.expect\.matches: "\(" is no regular expression of RE2: /,
        ],
        [
            "a place for no message",
            () => new AuthenticatedPush("c", { target: open, smokeCheck: { path: "/" } }),
            /^smokeCheck\.path: needs a message, and the check publishes none; add argument/,
        ],
        [
            "an arrival that cannot be seen",
            () => new AuthenticatedPush("c", { target: service("o"), smokeCheck: { argument: {}, path: "/" } }),
            /^smokeCheck\.path: is not seen from outside/,
        ],
        [
            "minters of no account",
            () => new AuthenticatedPush("c", { target: open, smokeCheck: { argument: {}, probeMinters: minters } }),
            /^smokeCheck\.probeMinters: needs the request that sees the message arrive/,
        ],
        [
            "a schedule that runs too seldom to be missed",
            () =>
                new ContinuousCheck("c", {
                    ...{ location, schedule: "0 6 * * 1", requests: { orders: { target: open, path: "/" } } },
                }),
            /^schedule: "0 6 \* \* 1" leaves up to 168 hours between two runs/,
        ],
    ];
    for (const [what, program, message] of refused) {
        it(`refuses ${what}, and says what to change`, async () =>
            assert.match(await refusal(program, { preview: true, config: { "gcp:project": "demo" } }), message));
    }
});
