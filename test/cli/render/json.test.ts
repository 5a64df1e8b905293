import { strict as assert } from "node:assert";

import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";

import { createJsonDisplay } from "../../../cli/render";
import type { EngineEvent } from "../../../engine/events";
import type { Stack } from "../../../engine/stack";
import { KINDS, SIGNATURE } from "../../../engine/values/values";
import { Bench } from "../../engine/helper";
import { screen } from "../../support/screen";
import { assertPrinted } from "../../support/printed";

const STACK = "urn:pulumi:dev::inline::pulumi:pulumi:Stack::inline-dev";
const stash = (name: string): string => `urn:pulumi:dev::inline::pulumi:index:Stash::${name}`;
/** What Pulumi's engine events have in place of a secret. */
const MARK = { [SIGNATURE]: KINDS.secret, ciphertext: "[secret]" };

interface Phase {
    value: string;
    replaced?: boolean;
    last?: boolean;
    fails?: boolean;
    topics?: string[];
}

/** A component, and stashes that hang on one another, the first of which keeps a secret. */
function program({ value, replaced = false, last = true, fails = false, topics = [] }: Phase) {
    return (): Promise<Record<string, unknown>> => {
        const group = new pulumi.ComponentResource("test:index:Group", "g");
        const a = new pulumi.Stash("a", { input: pulumi.secret("hush") }, { parent: group });
        const b = new pulumi.Stash(
            "b",
            { input: { value, token: a.output } },
            { dependsOn: [a], replaceOnChanges: replaced ? ["input"] : [] },
        );
        const hook = new pulumi.ResourceHook("no", () => Promise.reject(new Error("it may not")));
        if (last) {
            new pulumi.Stash("c", { input: "z" }, { dependsOn: [b], hooks: { beforeCreate: fails ? [hook] : [] } });
        }
        for (const name of topics) {
            new gcp.pubsub.Topic(name, { name });
        }
        void pulumi.log.warn("careful with ya29.token", b);
        return Promise.resolve({ out: b.output, plain: "p" });
    };
}

type Json = Record<string, never> & Record<string, unknown>;
interface State {
    id?: string;
    inputs?: Json;
    outputs?: Json;
}
interface Metadata {
    op: string;
    urn: string;
    old: State | null;
    new: State | null;
    keys?: string[];
    diffs?: string[];
    detailedDiff: unknown;
    logical?: boolean;
    provider: string;
}
/** A line: one of these is there. */
interface Line {
    sequence: number;
    timestamp: number;
    preludeEvent?: { config: Record<string, string> };
    resourcePreEvent?: { metadata: Metadata };
    resOutputsEvent?: { metadata: Metadata };
    resOpFailedEvent?: { metadata: Metadata; status: number; steps: number };
    diagnosticEvent?: Record<string, unknown>;
    summaryEvent?: Record<string, unknown>;
    cancelEvent?: object;
}
interface Digest {
    config: Record<string, string>;
    steps: {
        op: string;
        urn: string;
        provider?: string;
        oldState?: State;
        newState?: State;
        diffReasons?: string[];
        replaceReasons?: string[];
        detailedDiff: unknown;
    }[];
    diagnostics: object[];
    duration: number;
    changeSummary: Record<string, number>;
}

describe("what --json prints", () => {
    let bench: Bench;
    beforeEach(() => (bench = new Bench("")));
    afterEach(() => bench.close());

    async function did(phase: Phase, work: (stack: Stack) => Promise<unknown>): Promise<string> {
        const terminal = screen();
        const display = createJsonDisplay(terminal);
        const stack = await bench.open(
            { "gcp:project": "demo", "gcp:accessToken": "quiet" },
            {
                directory: undefined as never,
                program: program(phase),
                onEvent: (event: EngineEvent) => display.onEvent(event),
            },
        );
        await work(stack);
        display.close();
        return terminal.text();
    }
    const up = (phase: Phase) => did(phase, (stack) => stack.up({ preview: false }));
    const preview = async (phase: Phase): Promise<Digest> => {
        const digest = JSON.parse(await did(phase, (stack) => stack.preview())) as Digest;
        assertPrinted("preview", digest);
        return digest;
    };
    const lines = (printed: string): Line[] =>
        printed
            .trimEnd()
            .split("\n")
            .map((line) => {
                const event = JSON.parse(line) as Line;
                assertPrinted("event", event);
                return event;
            });
    /** `> op name` as a step begins, `< op name` as it is done, `! op name` where it failed. */
    const steps = (all: Line[]): string[] =>
        all.flatMap(({ resourcePreEvent: pre, resOutputsEvent: out, resOpFailedEvent: failed }) =>
            Object.entries({ ">": pre, "<": out, "!": failed }).flatMap(([mark, event]) =>
                event ? [`${mark} ${event.metadata.op} ${event.metadata.urn.split("::").pop() ?? ""}`] : [],
            ),
        );
    const metadata = (all: Line[], kind: "resourcePreEvent" | "resOutputsEvent", op: string, urn: string): Metadata => {
        const found = all.find((line) => line[kind]?.metadata.op === op && line[kind].metadata.urn === urn);
        const told = found?.[kind]?.metadata;
        assert.ok(told, `no ${kind} of ${op} ${urn}`);
        return told;
    };

    it("is one document for a preview, with the steps and their reasons", async () => {
        await up({ value: "1" });
        const digest = await preview({ value: "2", last: false });
        assert.deepEqual(
            digest.steps.map(({ op, urn }) => [op, urn]),
            [
                ["same", STACK],
                ["update", stash("b")],
                ["delete", stash("c")],
            ],
        );
        const [, update, removal] = digest.steps;
        assert.deepEqual(update?.diffReasons, ["input"]);
        assert.deepEqual(update.detailedDiff, { "input.value": { kind: "update", inputDiff: false } });
        assert.deepEqual(update.oldState?.inputs, { input: { token: "[secret]", value: "1" } });
        assert.deepEqual(update.newState?.inputs, { input: { token: "[secret]", value: "2" } });
        assert.equal(update.newState.outputs, undefined);
        assert.match(update.provider ?? "", /^urn:pulumi:dev::inline::pulumi:providers:pulumi::default.*::/);
        assert.equal(removal?.newState, undefined);
        assert.equal(removal?.detailedDiff, null);
        assert.deepEqual(digest.changeSummary, { same: 3, update: 1, delete: 1 });
        assert.ok(Number.isInteger(digest.duration) && digest.duration > 1_000_000);
        assert.deepEqual(digest.diagnostics, [
            { urn: stash("b"), message: "warning: careful with [token]\n", severity: "warning" },
        ]);
    });

    it("counts a replacement once in a preview", async () => {
        await up({ value: "1" });
        const digest = await preview({ value: "2", replaced: true });
        const replacement = digest.steps.filter(({ urn }) => urn === stash("b"));
        assert.deepEqual(
            replacement.map(({ op, replaceReasons, detailedDiff }) => ({ op, replaceReasons, detailedDiff })),
            [
                {
                    op: "replace",
                    replaceReasons: ["input"],
                    detailedDiff: { "input.value": { kind: "update-replace", inputDiff: false } },
                },
            ],
        );
        assert.equal(digest.changeSummary["replace"], 1);
    });

    it("is one engine event a line for an update", async () => {
        const all = lines(await up({ value: "1" }));
        assert.deepEqual(
            all.map(({ sequence }) => sequence),
            all.map((_, index) => index),
        );
        assert.equal(all[0]?.preludeEvent?.config["gcp:project"], "demo");
        assert.deepEqual(all.at(-1)?.cancelEvent, {});
        const { durationSeconds, ...summary } = all.at(-2)?.summaryEvent ?? {};
        assert.ok(Number.isInteger(durationSeconds));
        assert.deepEqual(summary, {
            maybeCorrupt: false,
            resourceChanges: { create: 5 },
            PolicyPacks: {},
            isPreview: false,
            result: "succeeded",
        });
        const before = metadata(all, "resourcePreEvent", "create", stash("b"));
        assert.equal(before.old, null);
        assert.equal(before.new?.id, "");
        assert.deepEqual(before.new.outputs, {});
        assert.deepEqual(before.new.inputs, { input: { token: MARK, value: "1" } });
        const after = metadata(all, "resOutputsEvent", "create", stash("b"));
        assert.match(after.new?.id ?? "", /^[0-9a-f-]{36}$/);
        assert.equal(after.logical, true);
        // The program's outputs come with its stack, once it has said them.
        assert.equal(metadata(all, "resOutputsEvent", "create", STACK).new?.outputs?.["plain"], "p");
        assert.deepEqual(
            all.flatMap(({ diagnosticEvent }) => diagnosticEvent ?? []),
            [
                {
                    urn: stash("b"),
                    prefix: "warning: ",
                    message: "careful with [token]\n",
                    color: "never",
                    severity: "warning",
                },
            ],
        );
    });

    it("reports a replacement as Pulumi does: the new resource, the replacement, and the old resource at the end", async () => {
        await up({ value: "1" });
        const all = lines(await up({ value: "2", replaced: true, last: false }));
        assert.deepEqual(
            steps(all).filter((step) => !/ same /.test(step)),
            [
                "> create-replacement b",
                "< create-replacement b",
                "> replace b",
                "< replace b",
                ...["> delete c", "< delete c"],
                "> delete-replaced b",
                "< delete-replaced b",
            ],
        );
        assert.equal(metadata(all, "resOutputsEvent", "create-replacement", stash("b")).logical, undefined);
        assert.deepEqual(metadata(all, "resOutputsEvent", "replace", stash("b")).keys, ["input"]);
    });

    it("says which step failed, and that the update failed", async () => {
        const all = lines(await up({ value: "1", fails: true }));
        assert.deepEqual(
            steps(all).filter((step) => step.endsWith(" c")),
            ["> create c", "! create c"],
        );
        const errors = all.flatMap(({ diagnosticEvent: told }) =>
            told?.["severity"] === "error" ? [told["message"]] : [],
        );
        assert.deepEqual(errors, ['before hook "no" failed: it may not\n', "update failed\n"]);
        assert.equal(all.at(-2)?.summaryEvent?.["result"], "failed");
    });

    it("prints the preview of an update before its events, if there is a preview", async () => {
        const printed = await did({ value: "1" }, (stack) => stack.up());
        const end = printed.indexOf("\n}\n") + 3;
        assert.equal((JSON.parse(printed.slice(0, end)) as Digest).changeSummary["create"], 5);
        assert.ok(lines(printed.slice(end))[0]?.preludeEvent);
    });

    it("says for each resource whether a refresh found a change, and what a destroy deletes", async () => {
        const phase = { value: "1", topics: ["as-it-was", "changed", "gone"] };
        await up(phase);
        for (const [key, topic] of bench.cloud.resources) {
            if (key.endsWith("/changed")) {
                topic["messageRetentionDuration"] = "700s";
            }
            if (key.endsWith("/gone")) {
                bench.cloud.resources.delete(key);
            }
        }
        const refreshed = lines(await did(phase, (stack) => stack.refresh()));
        assert.deepEqual(steps(refreshed).toSorted(), [
            "< delete gone",
            ...["a", "as-it-was", "b", "c", "g", "inline-dev"].map((name) => `< same ${name}`),
            "< update changed",
            ...["a", "as-it-was", "b", "c", "changed", "g", "gone", "inline-dev"].map((name) => `> refresh ${name}`),
        ]);
        // As Pulumi counts: what lives in the state alone too, and default providers not.
        assert.deepEqual(refreshed.find(({ summaryEvent }) => summaryEvent)?.summaryEvent?.["resourceChanges"], {
            ...{ delete: 1, same: 6, update: 1 },
        });
        const destroyed = lines(await did(phase, (stack) => stack.destroy()));
        const order = ["c", "b", "a", "inline-dev"].map((name) => `< delete ${name}`);
        assert.deepEqual(
            steps(destroyed).filter((step) => order.includes(step)),
            order,
        );
        assert.equal(metadata(destroyed, "resOutputsEvent", "delete", stash("b")).new, null);
    });

    it("holds no secret", async () => {
        const printed = [
            await did({ value: "1" }, (stack) => stack.up()),
            await did({ value: "2", replaced: true }, (stack) => stack.up()),
            await did({ value: "2" }, (stack) => stack.destroy()),
        ];
        for (const each of printed) {
            assert.doesNotMatch(each, /hush|quiet|ya29/);
            assert.match(each, /\[secret\]/);
        }
    });
});
