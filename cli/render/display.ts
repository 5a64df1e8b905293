import type { EngineEvent, Operation, Properties } from "../../engine";
import { makeUrn, nameOf, STACK_TYPE } from "../../engine/light";
import { firstLine, renderDiagnostics, type DiagnosticEvent, type Placed } from "./diagnostics";
import { replacements } from "./json-step";
import { renderOutputs } from "./outputs";
import { createProgress } from "./progress";
import type { Terminal } from "./terminal";
import { duration, WORDS } from "./operation-words";
import { changedSettings, outcomeOf, renderDifference, renderRow } from "./step-row";

/** Shows what the engine does. */
export interface Display {
    onEvent(event: EngineEvent): void;
    /** Removes the progress line. */
    close(): void;
}

/** How much to show. */
export interface DisplayOptions {
    /** Whether to show each property that differs on its own line, with its old and new value. @default false */
    diff?: boolean;
    /** Whether to show resources that do not change. @default false */
    sames?: boolean;
    /** Whether to show resources that are only read, or no longer read. @default false */
    reads?: boolean;
    /** Whether to show URNs instead of names. @default false */
    urns?: boolean;
    /** Whether to leave out the outputs. @default false */
    suppressOutputs?: boolean;
}

const TITLES = { preview: "Previewing update", update: "Updating", refresh: "Refreshing", destroy: "Destroying" };
/** The order in which a summary counts changes. It does not count reads. */
const ORDER: Operation[] = ["create", "update", "delete", "replace", "import"];
/** The operations on resources that the stack reads and does not own. */
const READS: Operation[] = ["read", "read-replacement", "discard"];

/**
 * Shows, in Pulumi's words and symbols, a line for each resource when it is done, the progress meanwhile, and a
 * summary. Unchanged resources are only counted.
 */
export function createDisplay(terminal: Terminal, options: DisplayOptions = {}): Display {
    const progress = createProgress(terminal);
    const begun = new Map<string, number>();
    const reasons = new Set<string>();
    const diagnostics: Placed[] = [];
    /** The old outputs of the stack, and the new ones as soon as they are known. */
    const outputs: { before?: Properties; after?: Properties } = {};
    const replacementOf = replacements();
    let root = "";
    let operation: keyof typeof TITLES = "preview";
    let preview = true;

    let rows = false;

    const line = (text: string): void => {
        rows = true;
        progress.print(`${text}\n`);
    };

    function step(event: Extract<EngineEvent, { type: "step" }>): void {
        const { step: what, phase } = event;
        const words = WORDS[what.operation];
        if (phase === "start") {
            begun.set(what.urn, Date.now());
            if (!preview && what.operation !== "same") {
                progress.start(what.urn, `${words.doing} ${what.name}`, componentOf(event));
            }
            return;
        }
        progress.stop(what.urn);
        const outcome = phase === "done" ? outcomeOf(event) : what;
        const settings = changedSettings(event);
        if (phase === "done" && outcome.operation === "same" && options.sames !== true && settings.length === 0) {
            return;
        }
        if (phase === "done" && READS.includes(outcome.operation) && options.reads !== true) {
            return;
        }
        const took = preview ? "" : ` (${duration(Date.now() - (begun.get(what.urn) ?? Date.now()))})`;
        const { plan, doing, done } = WORDS[outcome.operation];
        const verb = phase === "failed" ? `**${doing} failed**` : preview ? plan : done;
        const name = options.urns === true ? what.urn : what.name;
        const row = { ...outcome, type: what.type, name, verb, failed: phase === "failed", took, settings };
        line(renderRow(row, terminal));
        if (options.diff === true) {
            for (const entry of outcome.diff ?? []) {
                line(renderDifference(entry, terminal));
            }
        }
    }

    /** A replacement is shown as one step, after the steps that it consists of. */
    function steps(event: Extract<EngineEvent, { type: "step" }>): void {
        if (event.step.operation !== "replace") {
            step(event);
        }
        const replaced = replacementOf(event);
        if (replaced !== undefined) {
            step(replaced);
        }
    }

    function diagnostic(event: DiagnosticEvent): void {
        // As in Pulumi, a diagnostic without a resource belongs to the stack.
        diagnostics.push({ ...event, urn: event.urn ?? root });
        line(`    ${firstLine(event, terminal)}`);
    }

    /** Shows why the update waits: on a terminal the latest reason, elsewhere each reason once. */
    function waiting({ message, urn }: Extract<EngineEvent, { type: "progress" }>): void {
        const text = `${urn === undefined ? "" : `${urn.slice(urn.lastIndexOf("::") + 2)}: `}${message}`;
        if (terminal.interactive) {
            progress.note(text.replaceAll(/\s+/g, " "), urn);
            return;
        }
        const reason = text.replaceAll(/\b[\d.]+ s\b/g, "");
        if (!reasons.has(reason)) {
            line(indent(`waiting: ${text}`));
        }
        reasons.add(reason);
    }

    function summary({ changes, milliseconds, failed }: Extract<EngineEvent, { type: "summary" }>): void {
        if (failed) {
            diagnostics.push({ type: "diagnostic", severity: "error", message: `${operation} failed`, urn: root });
        }
        if (rows) {
            line("");
        }
        for (const text of renderDiagnostics(diagnostics, terminal)) {
            line(text);
        }
        const { before, after } = outputs;
        // Outputs that a preview does not change, or that a failed update did not reach, are not shown.
        const shown = after ?? (preview || operation === "destroy" ? undefined : before);
        const rendered =
            shown === undefined || options.suppressOutputs === true
                ? []
                : renderOutputs(before, shown, !preview, terminal);
        if (rendered.length > 0) {
            line([terminal.style("bold", "Outputs:"), ...rendered, ""].join("\n"));
        }
        line(["Resources:", ...counts(changes), ""].join("\n"));
        line(`Duration: ${duration(milliseconds)}\n`);
    }

    function counts(changes: Extract<EngineEvent, { type: "summary" }>["changes"]): string[] {
        const counted = ORDER.filter((each) => (changes[each] ?? 0) > 0);
        const total = counted.reduce((sum, each) => sum + (changes[each] ?? 0), 0);
        const changed = counted.map((each) => {
            const { symbol, color, plan, done } = WORDS[each];
            const text = `${symbol.padEnd(2)}${changes[each] ?? 0} ${preview ? `to ${plan}` : done}`;
            return terminal.style(color, text);
        });
        const pieces = [
            ...(counted.length > 1 ? [terminal.style("bold", `${total} changes`)] : []),
            ...((changes.same ?? 0) > 0 ? [`${changes.same ?? 0} unchanged`] : []),
        ];
        const errors = diagnostics.filter(({ severity }) => severity === "error");
        const erred = new Set(errors.map(({ urn }) => urn)).size;
        const all = [
            ...changed,
            ...(pieces.length > 0 ? [pieces.join(". ")] : []),
            ...(erred > 0 ? [terminal.style("red", `${erred} errored`)] : []),
        ];
        return (all.length > 0 ? all : ["none"]).map((row) => `    ${row}`);
    }

    /** Remembers the old and new outputs of the stack. */
    function noteOutputs(event: EngineEvent): void {
        if (event.type === "outputs" && event.urn === root) {
            outputs.after = event.state.outputs;
        }
        if (event.type === "step" && event.step.type === STACK_TYPE && event.old) {
            outputs.before = event.old.outputs;
        }
    }

    return {
        onEvent(event) {
            noteOutputs(event);
            switch (event.type) {
                case "start":
                    operation = event.operation;
                    preview = operation === "preview" || event.previewOnly === true;
                    root = makeUrn(event.stack, event.project, "", STACK_TYPE, `${event.project}-${event.stack}`);
                    begun.clear();
                    reasons.clear();
                    diagnostics.length = 0;
                    delete outputs.before;
                    delete outputs.after;
                    line(terminal.style("bold", `${titleOf(event)} (${event.stack}):\n`));
                    rows = false;
                    break;
                case "step":
                    steps(event);
                    break;
                case "diagnostic":
                    diagnostic(event);
                    break;
                case "progress":
                    waiting(event);
                    break;
                case "output":
                    rows = true;
                    progress.print(event.text);
                    break;
                case "summary":
                    summary(event);
                    break;
            }
        },
        close: () => progress.close(),
    };
}

function titleOf({ operation, previewOnly }: Extract<EngineEvent, { type: "start" }>): string {
    return previewOnly === true ? `Previewing ${operation}` : TITLES[operation];
}

/** The name of the component that a resource is a part of; undefined for a resource of the stack itself. */
function componentOf({ old, new: now }: Extract<EngineEvent, { type: "step" }>): string | undefined {
    const parent = (now ?? old)?.parent;
    return parent === undefined || parent.includes(`::${STACK_TYPE}::`) ? undefined : nameOf(parent);
}

/** Indents every line of a message. */
function indent(text: string): string {
    return text
        .split("\n")
        .map((each) => `    ${each}`)
        .join("\n");
}
