import type { Terminal } from "./terminal";
import { duration } from "./operation-words";

/** How often a terminal redraws the line, and how often a log gets a line about the progress. */
const REDRAW_MILLISECONDS = 100;
const HEARTBEAT_MILLISECONDS = 10_000;
const FRAMES = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];

/** How many lines the tree has at most. */
const MOST_LINES = 12;

/** Shows the operations that are running: on a terminal as a tree that is redrawn, in a log with a line every 10 s. */
export interface Progress {
    /** @param group what the operation is a part of, such as its component. @default - it stands alone */
    start(key: string, text: string, group?: string): void;
    stop(key: string): void;
    /** Says why an operation waits, until one stops. Only a terminal shows it. @param key the operation. @default - the oldest */
    note(text: string, key?: string): void;
    /** Writes lines above the progress. */
    print(text: string): void;
    close(): void;
}

/** Shows progress on a terminal. It keeps no process alive. */
export function createProgress(terminal: Terminal, now: () => number = Date.now): Progress {
    const running = new Map<string, { text: string; since: number; group: string }>();
    let note: { text: string; key: string | undefined } | undefined;
    /** How many lines are drawn. The cursor stands in the last one. */
    let drawn = 0;
    let frame = 0;
    let timer: NodeJS.Timeout | undefined;

    function erase(): void {
        if (drawn > 0) {
            terminal.write(`${"\u001b[2K\u001b[1A".repeat(drawn - 1)}\r\u001b[2K`);
        }
        drawn = 0;
    }

    function draw(): void {
        const oldest = [...running.values()][0];
        if (!oldest) {
            return;
        }
        if (terminal.interactive) {
            erase();
            const lines = tree();
            terminal.write(lines.map((line) => terminal.style("gray", line.slice(0, terminal.columns - 1))).join("\n"));
            drawn = lines.length;
        } else {
            const others = running.size > 1 ? ` and ${running.size - 1} more` : "";
            terminal.write(`    still ${oldest.text}${others} (${duration(now() - oldest.since)})\n`);
        }
    }

    /** A line for each operation, below what it is a part of. */
    function tree(): string[] {
        const spinner = FRAMES[frame++ % FRAMES.length] ?? "";
        const waits = note?.key !== undefined && running.has(note.key) ? note.key : [...running.keys()][0];
        const groups = new Map<string, string[]>();
        for (const [key, { text, since, group }] of running) {
            const why = key === waits && note ? `: ${note.text}` : "";
            groups.set(group, [...(groups.get(group) ?? []), `${text} (${duration(now() - since)})${why}`]);
        }
        const lines = [...groups].flatMap(([group, texts]) =>
            group === ""
                ? texts.map((text) => ` ${spinner} ${text}`)
                : [
                      ` ${spinner} ${group}`,
                      ...texts.map((text, at) => `   ${at < texts.length - 1 ? "├─" : "└─"} ${text}`),
                  ],
        );
        const left = lines.length - MOST_LINES;
        return left > 1 ? [...lines.slice(0, MOST_LINES), `   and ${left} more`] : lines;
    }

    function settle(): void {
        if (running.size === 0) {
            clearInterval(timer);
            timer = undefined;
            erase();
            return;
        }
        timer ??= setInterval(draw, terminal.interactive ? REDRAW_MILLISECONDS : HEARTBEAT_MILLISECONDS).unref();
    }

    return {
        start(key, text, group = "") {
            running.set(key, { text, since: now(), group });
            settle();
        },
        stop(key) {
            running.delete(key);
            note = undefined;
            settle();
        },
        note(text, key) {
            note = { text, key };
        },
        print(text) {
            erase();
            terminal.write(text);
        },
        close() {
            running.clear();
            settle();
        },
    };
}
