import type { EngineEvent } from "../../engine";
import { nameOf, typeOf } from "../../engine/light";
import type { Terminal } from "./terminal";
import { shortType } from "./operation-words";

/** What the engine reports about a resource, or about the whole operation. */
export type DiagnosticEvent = Extract<EngineEvent, { type: "diagnostic" }>;

/** A diagnostic that belongs to a resource, or at least to the stack. */
export type Placed = DiagnosticEvent & { urn: string };

const COLORS = { info: "cyan", warning: "yellow", error: "red" } as const;

/** The section `Diagnostics:` in Pulumi's form, in which each message is under its resource. */
export function renderDiagnostics(events: Placed[], terminal: Pick<Terminal, "style">): string[] {
    const groups = new Map<string, Placed[]>();
    for (const event of events) {
        groups.set(event.urn, [...(groups.get(event.urn) ?? []), event]);
    }
    if (groups.size === 0) {
        return [];
    }
    return [
        terminal.style("bold", "Diagnostics:"),
        ...[...groups].flatMap(([urn, said]) => [
            `  ${terminal.style("blue", `${shortType(typeOf(urn))} (${nameOf(urn)}):`)}`,
            ...said.flatMap((event) => messageOf(event, terminal).split("\n").map(indented)),
            "",
        ]),
    ];
}

/** The first line of a diagnostic, which is shown when it happens. */
export function firstLine({ severity, urn, message }: DiagnosticEvent, terminal: Pick<Terminal, "style">): string {
    const [first = ""] = message.split("\n");
    return `${mark(severity, terminal)} ${urn === undefined ? "" : `${nameOf(urn)}: `}${first}`;
}

function messageOf({ severity, message }: DiagnosticEvent, terminal: Pick<Terminal, "style">): string {
    return `${severity === "info" ? "" : `${mark(severity, terminal)} `}${message.trimEnd()}`;
}

function mark(severity: DiagnosticEvent["severity"], terminal: Pick<Terminal, "style">): string {
    return terminal.style(COLORS[severity], `${severity}:`);
}

function indented(line: string): string {
    return line === "" ? "" : `    ${line}`;
}
