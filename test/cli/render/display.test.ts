import { strict as assert } from "node:assert";
import { createDisplay, shortType } from "../../../cli/render";
import type { EngineEvent, Operation, Step } from "../../../engine/events";
import { UNKNOWN } from "../../../engine/values/values";
import { screen } from "../../support/screen";

const service = (operation: Operation, diff?: Step["diff"]): Step => ({
    operation,
    urn: "urn:pulumi:dev::shop::gcp:cloudrunv2/service:Service::orders",
    type: "gcp:cloudrunv2/service:Service",
    name: "orders",
    ...(diff ? { diff } : {}),
});

function shown(...events: EngineEvent[]): string {
    const terminal = screen();
    const display = createDisplay(terminal);
    events.forEach((event) => display.onEvent(event));
    display.close();
    return terminal.text().replace(/\(\d+\.\ds\)/g, "(0.0s)");
}

const start = (operation: "preview" | "update"): EngineEvent => ({
    type: "start",
    operation,
    project: "shop",
    stack: "dev",
});

describe("the display of a deployment", () => {
    it("shows a preview in Pulumi's words and symbols", () => {
        const text = shown(
            start("preview"),
            { type: "step", phase: "start", step: service("create") },
            { type: "step", phase: "done", step: service("create") },
            { type: "summary", changes: { create: 1, same: 2 }, milliseconds: 1234, failed: false },
        );
        assert.equal(
            text,
            [
                "Previewing update (dev):",
                "",
                " +  gcp:cloudrunv2:Service                         orders create",
                "",
                "Resources:",
                "    + 1 to create",
                "    2 unchanged",
                "",
                "Duration: 1.2s",
                "",
                "",
            ].join("\n"),
        );
    });

    it("shows what an update did, and the properties that caused it", () => {
        const text = shown(
            start("update"),
            { type: "step", phase: "start", step: service("update") },
            {
                type: "step",
                phase: "done",
                step: service("update", [{ path: "template.image", kind: "update", replaces: false }]),
            },
        );
        assert.match(text, /^ ~ {2}gcp:cloudrunv2:Service {25}orders updated \(0\.0s\) \[diff: ~template\]$/m);
    });

    it("shows the parts of a replacement, whichever comes first", () => {
        const diff: Step["diff"] = [{ path: "location", kind: "update", replaces: true }];
        const done = (step: Step): EngineEvent => ({ type: "step", phase: "done", step });
        const rows = (...operations: Operation[]) => {
            const told = operations.map((each) => done(service(each, each === "delete-replaced" ? [] : diff)));
            const found = shown(start("preview"), ...told).matchAll(/^ (\S+) +\S+ +orders (.*)$/gm);
            return [...found].map(([, symbol, text]) => `${symbol} ${text}`);
        };
        assert.deepEqual(rows("create-replacement", "delete-replaced"), [
            "++ create replacement [diff: ~location]",
            "+- replace [diff: ~location]",
            "-- delete original",
        ]);
        assert.deepEqual(rows("delete-replaced", "replace", "create-replacement"), [
            "-- delete original",
            "+- replace [diff: ~location]",
            "++ create replacement [diff: ~location]",
        ]);
    });

    it("shows with --show-reads what is only read, and what is no longer read", () => {
        const events = (["read", "discard"] as const).map((operation) => ({
            type: "step" as const,
            phase: "done" as const,
            step: service(operation),
        }));
        assert.doesNotMatch(shown(start("update"), ...events), /orders/);
        const terminal = screen();
        const display = createDisplay(terminal, { reads: true });
        [start("update"), ...events].forEach((event) => display.onEvent(event));
        assert.match(terminal.text(), /^ > .* orders read .*\n < .* orders discarded /m);
    });

    it("shows an unchanged resource if its protection changed", () => {
        const state = { urn: service("same").urn, type: "t:i:T", custom: true, inputs: {}, outputs: {} };
        const step = { type: "step", phase: "done", step: service("same") } as const;
        const text = shown(start("preview"), { ...step, old: { ...state, protect: true }, new: state });
        assert.match(text, /orders unchanged \[diff: ~protect\]/);
        assert.doesNotMatch(shown(start("preview"), { ...step, old: state, new: state }), /orders/);
    });

    it("leaves unchanged resources out of the rows", () => {
        assert.doesNotMatch(shown(start("update"), { type: "step", phase: "done", step: service("same") }), /orders/);
    });

    it("says that a step failed and why: in one line at once, and in full at the end", () => {
        const { urn } = service("create");
        const message = "the image is not known\nadd it to sandbox.yaml";
        const text = shown(
            start("update"),
            { type: "step", phase: "failed", step: service("create"), message },
            { type: "diagnostic", severity: "error", message, urn },
            { type: "diagnostic", severity: "warning", message: "slow\n", urn },
            { type: "diagnostic", severity: "info", message: "hello\n" },
            { type: "summary", changes: { same: 1 }, milliseconds: 1, failed: true },
        );
        assert.equal(
            text.slice(text.indexOf(" orders")),
            [
                " orders **creating failed** (0.0s)",
                "    error: orders: the image is not known",
                "    warning: orders: slow",
                "    info: hello",
                "",
                "Diagnostics:",
                "  gcp:cloudrunv2:Service (orders):",
                "    error: the image is not known",
                "    add it to sandbox.yaml",
                "    warning: slow",
                "",
                "  pulumi:pulumi:Stack (shop-dev):",
                "    hello",
                "    error: update failed",
                "",
                "Resources:",
                "    1 unchanged",
                "    2 errored",
                "",
                "Duration: 0.0s",
                "",
                "",
            ].join("\n"),
        );
    });

    it("says no negative time where the clock was set back", () => {
        const text = shown(start("update"), { type: "summary", changes: {}, milliseconds: -20, failed: false });
        assert.match(text, /^Duration: 0\.0s$/m);
    });

    it("counts the changes of each kind, and does not count reads", () => {
        const changes = { create: 1, read: 2, replace: 2, same: 3 };
        const text = shown(start("preview"), { type: "summary", changes, milliseconds: 1, failed: false });
        assert.match(text, /^Resources:\n {4}\+ 1 to create\n {4}\+-2 to replace\n {4}3 changes\. 3 unchanged\n\n/m);
    });

    it("shows what a refresh found: changes and deleted resources", () => {
        const states = { ...service("refresh"), custom: true, inputs: {} };
        const found = (name: string, now?: Record<string, string>): EngineEvent => ({
            type: "step",
            phase: "done",
            step: { ...service("refresh"), name },
            old: { ...states, outputs: { uri: "a", gone: "x" } },
            ...(now && { new: { ...states, outputs: now } }),
        });
        const text = shown(
            { type: "start", operation: "refresh", project: "shop", stack: "dev" },
            found("same", { uri: "a", gone: "x" }),
            found("moved", { uri: "b", come: "y" }),
            found("lost"),
        );
        assert.doesNotMatch(text, / same /);
        assert.match(text, /^ ~ .* moved updated \(0\.0s\) \[diff: ~uri,-gone,\+come\]$/m);
        assert.match(text, /^ - .* lost deleted \(0\.0s\)$/m);
    });

    it("shows old and new values with --diff, URNs with --urns, and unchanged resources with --show-sames", () => {
        const diff: Step["diff"] = [
            { path: "template.image", kind: "update", replaces: false, before: "a", after: "b" },
            { path: "location", kind: "update", replaces: true, before: "eu", after: UNKNOWN },
            { path: "labels.x", kind: "add", replaces: false, after: "[secret]" },
        ];
        const events: EngineEvent[] = [
            start("preview"),
            { type: "step", phase: "done", step: service("replace", diff) },
            { type: "step", phase: "done", step: { ...service("same"), name: "other" } },
        ];
        const terminal = screen();
        const display = createDisplay(terminal, { diff: true, urns: true, sames: true });
        events.forEach((event) => display.onEvent(event));
        const [row, ...rest] = terminal.text().split("\n").slice(2);
        assert.match(row ?? "", /^ \+- gcp:cloudrunv2:Service +urn:pulumi:dev::shop::.*::orders replace \[diff: ~/);
        assert.deepEqual(rest.slice(0, 3), [
            `        ~  template.image: "a" => "b"`,
            `        +- location: "eu" => [unknown]`,
            `        +  labels.x: [secret]`,
        ]);
        assert.match(rest[3] ?? "", /^ {4}gcp:cloudrunv2:Service +urn:.* unchanged$/);
        assert.doesNotMatch(shown(...events), /template\.image|urn:|unchanged/);
    });

    it("says that a destroy failed, and that a preview of one is only a preview", () => {
        const destroy = { type: "start", operation: "destroy", project: "shop", stack: "dev" } as const;
        const text = shown(destroy, { type: "summary", changes: {}, milliseconds: 1, failed: true });
        assert.match(text, /^Destroying \(dev\):$/m);
        assert.match(text, /^ {4}error: destroy failed$/m);
        const preview = shown(
            { ...destroy, previewOnly: true },
            { type: "summary", changes: { delete: 2 }, milliseconds: 1, failed: false },
        );
        assert.match(preview, /^Previewing destroy \(dev\):$/m);
        assert.match(preview, /^ {4}- 2 to delete$/m);
    });

    it("draws the progress on a terminal, and removes it again", async () => {
        const terminal = screen({ interactive: true });
        const display = createDisplay(terminal);
        display.onEvent(start("update"));
        display.onEvent({ type: "step", phase: "start", step: service("create") });
        while (!terminal.text().includes("creating orders")) {
            await new Promise((resolve) => setTimeout(resolve, 20));
        }
        display.close();
        assert.ok(terminal.text().endsWith("\r\u001b[2K"));
    });

    it("prints each reason for waiting once if lines cannot be redrawn", () => {
        const { urn } = service("create");
        const waiting = (message: string): EngineEvent => ({ type: "progress", message, urn });
        const text = shown(
            start("update"),
            waiting("fulfil → orders: 403 PERMISSION_DENIED, next try in 1 s"),
            waiting("fulfil → orders: 403 PERMISSION_DENIED, next try in 2 s"),
            waiting("fulfil → orders: 503, next try in 4 s"),
        );
        assert.equal(
            text,
            "Updating (dev):\n\n" +
                "    waiting: orders: fulfil → orders: 403 PERMISSION_DENIED, next try in 1 s\n" +
                "    waiting: orders: fulfil → orders: 503, next try in 4 s\n",
        );
    });
});

describe("the name of a type", () => {
    it("loses its middle part if that repeats the end, as in Pulumi", () => {
        assert.equal(shortType("gcp:projects/iAMMember:IAMMember"), "gcp:projects:IAMMember");
        assert.equal(shortType("pulumi:index/stash:Stash"), "pulumi:index:Stash");
    });

    it("stays unchanged if the middle part differs", () => {
        assert.equal(shortType("pulumi:pulumi:Stack"), "pulumi:pulumi:Stack");
        assert.equal(shortType("gcp:cloudrunv2/other:Service"), "gcp:cloudrunv2/other:Service");
    });
});
