import type { EngineEvent, Operation, Step } from "../../sandbox/engine/events";
import { createProgress } from "./progress";
import type { Terminal } from "./terminal";
import { duration, shortType, WORDS } from "./words";

/** Shows what the engine does. */
export interface Display {
    onEvent(event: EngineEvent): void;
    /** Takes away what is drawn while one waits. */
    close(): void;
}

const TITLES = { preview: "Previewing update", update: "Updating", refresh: "Refreshing", destroy: "Destroying" };
/** The width of the column of types: fits the longest of our own components. */
const TYPE_COLUMNS = 46;
/** The order in which a summary counts. */
const ORDER: Operation[] = ["create", "import", "read", "update", "refresh", "replace", "delete", "same"];
/** Halves of a replacement, which the summary counts once. */
const HALVES: Operation[] = ["create-replacement", "delete-replaced"];

/**
 * In Pulumi's words and symbols, a line for each resource when it is done, what goes on while one waits, and a summary.
 * Unchanged resources are counted only.
 */
export function createDisplay(terminal: Terminal): Display {
    const progress = createProgress(terminal);
    const begun = new Map<string, number>();
    const reasons = new Set<string>();
    let operation: keyof typeof TITLES = "preview";
    let preview = true;

    const line = (text: string): void => progress.print(`${text}\n`);

    function step(event: Extract<EngineEvent, { type: "step" }>): void {
        const { step: what, phase } = event;
        const words = WORDS[what.operation];
        if (phase === "start") {
            begun.set(what.urn, Date.now());
            if (!preview && what.operation !== "same") progress.start(what.urn, `${words.doing} ${what.name}`);
            return;
        }
        progress.stop(what.urn);
        if (what.operation === "same" && phase === "done") return;
        const took = preview ? "" : ` (${duration(Date.now() - (begun.get(what.urn) ?? Date.now()))})`;
        const verb = phase === "failed" ? `${words.doing} failed` : preview ? words.plan : words.done;
        line(
            ` ${terminal.style(words.color, words.symbol)} ${shortType(what.type).padEnd(TYPE_COLUMNS)} ${what.name} ` +
                `${terminal.style(phase === "failed" ? "red" : words.color, verb)}${took}${changed(what)}`,
        );
    }

    /** The properties that differ, by the first part of their paths as Pulumi names them; what forces a replacement says so. */
    function changed({ diff = [], operation }: Step): string {
        const shown = operation === "update" || operation.includes("replace") ? diff : [];
        if (shown.length === 0) return "";
        const marks = { add: "+", delete: "-", update: "~" };
        const paths = new Map<string, string>();
        for (const { path, kind, replaces } of shown) {
            const name = /^[^.[]+/.exec(path)?.[0] ?? path;
            const mark = replaces ? "+-" : name === path ? marks[kind] : "~";
            if (paths.get(name) !== "+-") paths.set(name, mark);
        }
        return terminal.style("gray", ` [diff: ${[...paths].map(([name, mark]) => mark + name).join(",")}]`);
    }

    function diagnostic({ severity, message, urn }: Extract<EngineEvent, { type: "diagnostic" }>): void {
        const about = urn === undefined ? "" : `${urn.slice(urn.lastIndexOf("::") + 2)}: `;
        const color = { info: "cyan", warning: "yellow", error: "red" } as const;
        line(indent(`${terminal.style(color[severity], `${severity}:`)} ${about}${message.trimEnd()}`));
    }

    /** Why one waits: what came last on a terminal, each reason once elsewhere. */
    function waiting({ message, urn }: Extract<EngineEvent, { type: "progress" }>): void {
        const text = `${urn === undefined ? "" : `${urn.slice(urn.lastIndexOf("::") + 2)}: `}${message}`;
        if (terminal.interactive) {
            progress.note(text.replaceAll(/\s+/g, " "));
            return;
        }
        const reason = text.replaceAll(/\b[\d.]+ s\b/g, "");
        if (!reasons.has(reason)) line(indent(`waiting: ${text}`));
        reasons.add(reason);
    }

    function summary({ changes, milliseconds, failed }: Extract<EngineEvent, { type: "summary" }>): void {
        const rows = ORDER.filter((operation) => (changes[operation] ?? 0) > 0).map((operation) => {
            const { symbol, color, plan, done } = WORDS[operation];
            const verb = operation === "same" ? "unchanged" : preview ? `to ${plan}` : done;
            return `    ${terminal.style(color, `${symbol.padEnd(2)}${changes[operation] ?? 0} ${verb}`)}`;
        });
        line(`\nResources:\n${rows.length > 0 ? rows.join("\n") : "    none"}\n`);
        if (failed) line(terminal.style("red", `The ${operation} failed`));
        line(`Duration: ${duration(milliseconds)}\n`);
    }

    return {
        onEvent(event) {
            switch (event.type) {
                case "start":
                    operation = event.operation;
                    preview = operation === "preview";
                    begun.clear();
                    reasons.clear();
                    line(terminal.style("bold", `${TITLES[event.operation]} (${event.stack}):\n`));
                    break;
                case "step":
                    if (!(HALVES.includes(event.step.operation) && preview)) step(event);
                    break;
                case "diagnostic":
                    diagnostic(event);
                    break;
                case "progress":
                    waiting(event);
                    break;
                case "output":
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

/** A message of several lines stands under its first. */
function indent(text: string): string {
    return text
        .split("\n")
        .map((each) => `    ${each}`)
        .join("\n");
}
