import { strict as assert } from "node:assert";
import { createDisplay, shortType } from "../../../cli/render";
import type { EngineEvent, Operation, Step } from "../../../sandbox/engine/events";
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
                "      2 unchanged",
                "",
                "Duration: 1.2s",
                "",
                "",
            ].join("\n"),
        );
    });

    it("shows what an update did, and the properties that made it do so", () => {
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

    it("says which property forces a replacement", () => {
        const step = service("replace", [{ path: "location", kind: "update", replaces: true }]);
        assert.match(
            shown(start("preview"), { type: "step", phase: "done", step }),
            /orders replace \[diff: \+-location\]/,
        );
    });

    it("leaves unchanged resources out of the rows", () => {
        assert.doesNotMatch(shown(start("update"), { type: "step", phase: "done", step: service("same") }), /orders/);
    });

    it("says that a step failed, and why in the diagnostic that follows, indented", () => {
        const { urn } = service("create");
        const message = "the image is not known\nadd it to sandbox.yaml";
        const text = shown(
            start("update"),
            { type: "step", phase: "failed", step: service("create"), message },
            { type: "diagnostic", severity: "error", message, urn },
        );
        assert.match(
            text,
            /orders creating failed \(0\.0s\)\n {4}error: orders: the image is not known\n {4}add it to sandbox\.yaml\n/,
        );
    });

    it("names the resource that a diagnostic is about", () => {
        const { urn } = service("create");
        const text = shown({ type: "diagnostic", severity: "warning", message: "no call uses it\n", urn });
        assert.equal(text, "    warning: orders: no call uses it\n");
    });

    it("says in words that a destroy failed", () => {
        const text = shown(
            { type: "start", operation: "destroy", project: "shop", stack: "dev" },
            { type: "summary", changes: {}, milliseconds: 1, failed: true },
        );
        assert.match(text, /^The destroy failed$/m);
    });

    it("draws what is under way on a terminal and takes it away again", async () => {
        const terminal = screen({ interactive: true });
        const display = createDisplay(terminal);
        display.onEvent(start("update"));
        display.onEvent({ type: "step", phase: "start", step: service("create") });
        while (!terminal.text().includes("creating orders")) await new Promise((resolve) => setTimeout(resolve, 20));
        display.close();
        assert.ok(terminal.text().endsWith("\r\u001b[2K"));
    });

    it("says once for each reason why one waits, where lines stay", () => {
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
    it("loses the middle where it repeats the end, as Pulumi shows it", () => {
        assert.equal(shortType("gcp:projects/iAMMember:IAMMember"), "gcp:projects:IAMMember");
        assert.equal(shortType("pulumi:index/stash:Stash"), "pulumi:index:Stash");
    });

    it("stays as it is where the middle differs", () => {
        assert.equal(shortType("pulumi:pulumi:Stack"), "pulumi:pulumi:Stack");
        assert.equal(shortType("gcp:cloudrunv2/other:Service"), "gcp:cloudrunv2/other:Service");
    });
});
