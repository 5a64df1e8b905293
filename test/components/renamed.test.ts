import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import * as components from "../../index";
import { Sandbox } from "../../sandbox";
import { type EngineEvent, openStack, type Stack } from "../../engine";
import { COMPONENTS } from "../plugin/components";

type Component = new (
    name: string,
    args: Record<string, unknown>,
    opts: pulumi.ComponentResourceOptions,
) => pulumi.ComponentResource;

/** A component of a user's own. */
class Own extends pulumi.ComponentResource {
    constructor(name: string, opts: pulumi.ComponentResourceOptions = {}) {
        super("test:index:Own", name, {}, opts);
    }
}

const DIRECTORY = "servicedirectory.googleapis.com/v1/projects/demo/locations/europe-west1/namespaces";

describe("a component that gets another name", function () {
    this.timeout(120_000);
    let directory: string;
    let stack: Stack | undefined;
    let sandbox: Sandbox;
    before(async () => {
        sandbox = await Sandbox.start({ project: "demo" });
        // What the arguments of the components name.
        const made: [method: string, url: string, body: object][] = [
            ...["europe-west1", "us-east1"].map((region): [string, string, object] => [
                "POST",
                `run.googleapis.com/v2/projects/demo/locations/${region}/services?serviceId=orders`,
                { template: { containers: [{ image: "i" }] } },
            ]),
            [
                "POST",
                "secretmanager.googleapis.com/v1/projects/demo/secrets?secretId=rates",
                { replication: { automatic: {} } },
            ],
            ["POST", "iam.googleapis.com/v1/projects/demo/serviceAccounts", { accountId: "ci-tokens" }],
            ["PUT", "pubsub.googleapis.com/v1/projects/demo/topics/orders", {}],
            ["POST", `${DIRECTORY}?namespaceId=n`, {}],
            ["POST", `${DIRECTORY}/n/services?serviceId=orders`, {}],
        ];
        for (const [method, url, body] of made) {
            const answer = await sandbox.request(method, `https://${url}`, { body });
            assert.equal(answer.status, 200, JSON.stringify(answer.body));
        }
    });
    after(() => sandbox.close());
    beforeEach(() => {
        directory = mkdtempSync(path.join(tmpdir(), "renamed-"));
    });
    afterEach(async () => {
        await stack?.destroy();
        rmSync(directory, { recursive: true, force: true });
    });

    /** @returns what was done, such as `replace Account fulfil-account` */
    async function up(program: () => unknown): Promise<string[]> {
        const events: EngineEvent[] = [];
        stack = await openStack({
            program: () => (program(), Promise.resolve({})),
            config: { "gcp:project": "demo", "gcp-invoke:smoke": "off" },
            stateDirectory: directory,
            request: (method, url, body, headers) =>
                sandbox.request(method, url, { body, ...(headers && { headers }) }),
            onEvent: (event) => events.push(event),
        });
        const { result, diagnostics } = await stack.up();
        assert.equal(result, "succeeded", diagnostics.map(({ message }) => message).join("\n"));
        return events.flatMap((event) =>
            event.type === "step" && event.phase === "done" && event.step.operation !== "same"
                ? [`${event.step.operation} ${event.step.type.split(":").pop() ?? ""} ${event.step.name}`]
                : [],
        );
    }

    /** Each component, some of them also with arguments with which it has more accounts. */
    const KINDS: Record<string, [kind: string, args: Record<string, unknown>]> = {
        ...Object.fromEntries(Object.entries(COMPONENTS).map(([kind, args]) => [kind.toLowerCase(), [kind, args]])),
        probed: [
            "InvokableService",
            {
                ...COMPONENTS["InvokableService"],
                ...{ ingress: "all", smokeCheck: { path: "/", probeMinters: ["user:ci@example.com"] } },
            },
        ],
        triggered: [
            "InvokableFunction",
            {
                ...COMPONENTS["InvokableFunction"],
                trigger: {
                    eventType: "google.cloud.pubsub.topic.v1.messagePublished",
                    topic: "projects/demo/topics/orders",
                },
            },
        ],
    };
    const make = (named: (name: string) => string, opts: (name: string) => pulumi.ComponentResourceOptions): void => {
        for (const [name, [kind, args]] of Object.entries(KINDS)) {
            const Class = components[kind as keyof typeof components] as Component;
            new Class(named(name), args, opts(name));
        }
    };
    /** The program before, then renamed, and then without the alias, which nobody needs once it was deployed. */
    const WAYS: Record<string, (() => void)[]> = {
        "another name": [
            () =>
                make(
                    (name) => `a-${name}`,
                    () => ({}),
                ),
            () =>
                make(
                    (name) => `new-${name}`,
                    (name) => ({ aliases: [{ name: `a-${name}` }] }),
                ),
            () =>
                make(
                    (name) => `new-${name}`,
                    () => ({}),
                ),
        ],
        "another parent": [
            () =>
                make(
                    (name) => `b-${name}`,
                    () => ({}),
                ),
            () => {
                const parent = new Own("own");
                make(
                    (name) => `b-${name}`,
                    () => ({ parent, aliases: [{ parent: pulumi.rootStackResource }] }),
                );
            },
            () => {
                const parent = new Own("own");
                make(
                    (name) => `b-${name}`,
                    () => ({ parent }),
                );
            },
        ],
        "a parent of another name": [
            () => {
                const parent = new Own("c");
                make(
                    (name) => `c-${name}`,
                    () => ({ parent }),
                );
            },
            () => {
                const parent = new Own("new", { aliases: [{ name: "c" }] });
                make(
                    (name) => `new-${name}`,
                    () => ({ parent }),
                );
            },
            () => {
                const parent = new Own("new");
                make(
                    (name) => `new-${name}`,
                    () => ({ parent }),
                );
            },
        ],
    };
    for (const [way, [before, renamed, later]] of Object.entries(WAYS)) {
        it(`keeps all that it has made if an alias says which it was: ${way}`, async () => {
            assert.ok(before && renamed && later);
            assert.ok((await up(before)).length > 50);
            const steps = await up(renamed);
            assert.deepEqual(
                // The document of a gateway has its name, and a configuration never changes: the gateway takes another one.
                steps.filter((step) => !/^update |^create Own own$|ApiConfig/.test(step)),
                [],
            );
            assert.deepEqual(await up(later), []);
        });
    }
});
