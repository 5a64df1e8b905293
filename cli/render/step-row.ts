import { isDeepStrictEqual } from "node:util";
import type { EngineEvent, Operation, Step, Value } from "../../engine";
import { hideSecrets, UNKNOWN } from "../../engine/light";
import { shortType, WORDS } from "./operation-words";
import type { Terminal } from "./terminal";

type StepEvent = Extract<EngineEvent, { type: "step" }>;
type Difference = NonNullable<Step["diff"]>[number];

/** The width of the column of types: fits the longest of our own components. */
const TYPE_COLUMNS = 46;
const MARKS = { add: "+", delete: "-", update: "~" };
const COLORS = { add: "green", delete: "red", update: "yellow" } as const;

/** What the line about one resource says. */
export interface Row extends Outcome {
    type: string;
    name: string;
    verb: string;
    failed: boolean;
    /** How long it took, as it is shown; empty in a preview. */
    took: string;
    /** What changed beside its properties. */
    settings: string[];
}

/** What became of a resource. */
export type Outcome = Pick<Step, "operation" | "diff">;

/** The line about one resource, in Pulumi's words and symbols. */
export function renderRow(
    { operation, diff, type, name, verb, failed, took, settings }: Row,
    terminal: Terminal,
): string {
    const { symbol, color } = WORDS[operation];
    return (
        ` ${terminal.style(color, symbol)} ${shortType(type).padEnd(TYPE_COLUMNS)} ${name} ` +
        `${terminal.style(failed ? "red" : color, verb)}${took}${changedNames(operation, diff, settings, terminal)}`
    );
}

/** The properties that differ, by the first part of their paths as Pulumi names them. */
function changedNames(
    operation: Operation,
    diff: readonly Difference[] = [],
    settings: readonly string[],
    terminal: Terminal,
): string {
    const differences = operation === "update" || operation.includes("replace") ? diff : [];
    const marks = new Map<string, string>();
    for (const { path, kind } of differences) {
        const name = /^[^.[]+/.exec(path)?.[0] ?? path;
        marks.set(name, name === path ? MARKS[kind] : MARKS.update);
    }
    for (const name of settings) {
        marks.set(name, MARKS.update);
    }
    const names = [...marks].map(([name, mark]) => mark + name).join(",");
    return names === "" ? "" : terminal.style("gray", ` [diff: ${names}]`);
}

/** One property that differs, with what it was and is. */
export function renderDifference({ path, kind, replaces, before, after }: Difference, terminal: Terminal): string {
    const values = kind === "add" ? [after] : kind === "delete" ? [before] : [before, after];
    const text = `${replaces ? "+-" : `${MARKS[kind]} `} ${path}: ${values.map(valueText).join(" => ")}`;
    return terminal.style(COLORS[kind], `        ${text}`);
}

function valueText(value: unknown): string {
    if (value === UNKNOWN) {
        return "[unknown]";
    }
    return value === "[secret]" ? value : JSON.stringify(hideSecrets((value ?? null) as Value));
}

/** The settings beside the properties that Pulumi names when they change, also of a resource that stays the same. */
export function changedSettings({ old, new: now }: StepEvent): string[] {
    if (old === undefined || now === undefined) {
        return [];
    }
    return (["provider", "protect"] as const).filter((each) => (old[each] ?? false) !== (now[each] ?? false));
}

/** What a refresh found counts as an operation: nothing is new, the resource has changed, or it is gone. */
export function outcomeOf({ step, old, new: now }: StepEvent): Outcome {
    if (step.operation !== "refresh") {
        return step;
    }
    if (now === undefined) {
        return { operation: "delete" };
    }
    const paths = Object.keys({ ...old?.outputs, ...now.outputs });
    const diff = paths.flatMap((path) => {
        const [before, after] = [old?.outputs[path], now.outputs[path]];
        if (isDeepStrictEqual(before, after)) {
            return [];
        }
        const kind = before === undefined ? "add" : after === undefined ? "delete" : "update";
        return [{ path, kind, replaces: false, before, after } as const];
    });
    return diff.length > 0 ? { operation: "update", diff } : { operation: "same" };
}
