import { isDeepStrictEqual } from "node:util";
import type { Properties, Value } from "../../engine";
import { isKind, isObject, UNKNOWN } from "../../engine/light";
import { compareLines } from "./diff";
import type { Terminal } from "./terminal";

type Styling = Pick<Terminal, "style">;
type Mark = "+" | "-" | "~" | " ";

const COLORS = { "+": "green", "-": "red", "~": "yellow" } as const;

/** The members of a list are found by their index, and those of an object by their name. */
type Members = [name: string, value: Value][];

/**
 * The outputs as Pulumi shows them: sorted by name, without empty ones, and with a mark if they differ from before.
 *
 * @param before - the old outputs; undefined if there was no stack
 * @param all - whether to show the outputs that do not change too
 * @returns one line for each output, or several if its value has several
 */
export function renderOutputs(
    before: Properties | undefined,
    after: Properties,
    all: boolean,
    terminal: Styling,
): string[] {
    const names = Object.keys({ ...before, ...after });
    const width = Math.max(0, ...names.map((name) => name.length));
    return names.sort().flatMap((name) => {
        const [old, now] = [before?.[name], after[name]];
        if (empty(old) && empty(now)) {
            return [];
        }
        if (before !== undefined && !all && isDeepStrictEqual(old, now)) {
            return [];
        }
        const label = name.padEnd(width);
        return before === undefined
            ? markedLines(" ", label, now, 1, terminal)
            : difference(label, old, now, 1, terminal);
    });
}

function empty(value: Value | undefined): boolean {
    if (value === undefined || value === null) {
        return true;
    }
    return typeof value === "object" && Object.keys(value).length === 0;
}

/** A line of a value at this depth, with the mark of its difference before it. */
function line(mark: Mark, text: string, depth: number, terminal: Styling): string {
    const shown = `${" ".repeat(4 * depth - 2)}${mark} ${text}`;
    return mark === " " ? shown : terminal.style(COLORS[mark], shown);
}

/** A value that did not change, or that was added or removed as a whole. */
function markedLines(mark: Mark, label: string, value: Value | undefined, depth: number, terminal: Styling): string[] {
    const members = membersOf(value);
    if (members === undefined) {
        return [line(mark, `${label}: ${scalar(value)}`, depth, terminal)];
    }
    const [open, close] = Array.isArray(value) ? "[]" : "{}";
    return [
        line(mark, `${label}: ${open ?? ""}`, depth, terminal),
        ...members.flatMap(([name, member]) => markedLines(mark, name, member, depth + 1, terminal)),
        line(" ", close ?? "", depth, terminal),
    ];
}

function difference(
    label: string,
    old: Value | undefined,
    now: Value | undefined,
    depth: number,
    terminal: Styling,
): string[] {
    if (isDeepStrictEqual(old, now)) {
        return markedLines(" ", label, now, depth, terminal);
    }
    if (empty(old)) {
        return markedLines("+", label, now, depth, terminal);
    }
    if (empty(now)) {
        return markedLines("-", label, old, depth, terminal);
    }
    const [were, are] = [membersOf(old), membersOf(now)];
    if (were !== undefined && are !== undefined && Array.isArray(old) === Array.isArray(now)) {
        // As in Pulumi, the content of a list's member is indented one step more.
        const inner = label.startsWith("[") ? depth + 1 : depth;
        const names = [...new Set([...were, ...are].map(([name]) => name))];
        const [open, close] = Array.isArray(now) ? "[]" : "{}";
        return [
            line("~", `${label}: ${open ?? ""}`, depth, terminal),
            ...names.flatMap((name) => difference(name, valueOf(were, name), valueOf(are, name), inner + 1, terminal)),
            line(" ", close ?? "", inner, terminal),
        ];
    }
    if (typeof old === "string" && typeof now === "string" && /\n/.test(old + now)) {
        const marks = { same: " ", added: "+", removed: "-" } as const;
        const lines = compareLines(old.split("\n"), now.split("\n"));
        return [
            line("~", `${label}: `, depth, terminal),
            ...lines.map(({ kind, text }) => line(marks[kind], text, depth + 1, terminal)),
        ];
    }
    return [line("~", `${label}: ${scalar(old)} => ${scalar(now)}`, depth, terminal)];
}

function membersOf(value: Value | undefined): Members | undefined {
    if (Array.isArray(value)) {
        return value.map((member, index) => [`[${index}]`, member]);
    }
    if (!isObject(value) || isKind(value, "secret")) {
        return undefined;
    }
    const names = Object.keys(value).sort();
    const width = Math.max(0, ...names.map((name) => name.length));
    return names.map((name) => [name.padEnd(width), value[name] ?? null]);
}

function valueOf(members: Members, name: string): Value | undefined {
    return members.find(([each]) => each.trimEnd() === name.trimEnd())?.[1];
}

function scalar(value: Value | undefined): string {
    if (value === undefined || value === null) {
        return "<null>";
    }
    if (value === UNKNOWN) {
        return "[unknown]";
    }
    return isKind(value, "secret") ? "[secret]" : JSON.stringify(value);
}
