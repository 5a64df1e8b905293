import type { Terminal } from "./terminal";
import { duration } from "./operation-words";

/** How often a terminal redraws the line, and how often a log gets a line about the progress. */
const REDRAW_MILLISECONDS = 100;
const HEARTBEAT_MILLISECONDS = 10_000;
const FRAMES = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];

/** Shows the operations that are running: on a terminal in a line that is redrawn, in a log with a line every 10 s. */
export interface Progress {
    start(key: string, text: string): void;
    stop(key: string): void;
    /** Adds a note to the line until an operation stops. Only a terminal shows it. */
    note(text: string): void;
    /** Writes lines above the progress line. */
    print(text: string): void;
    close(): void;
}

/** Shows progress on a terminal. It keeps no process alive. */
export function createProgress(terminal: Terminal, now: () => number = Date.now): Progress {
    const running = new Map<string, { text: string; since: number }>();
    let note = "";
    let drawn = false;
    let frame = 0;
    let timer: NodeJS.Timeout | undefined;

    function erase(): void {
        if (drawn) {
            terminal.write("\r\u001b[2K");
        }
        drawn = false;
    }

    function draw(): void {
        const oldest = [...running.values()][0];
        if (!oldest) {
            return;
        }
        const others = running.size > 1 ? ` and ${running.size - 1} more` : "";
        const line = `${oldest.text}${others} (${duration(now() - oldest.since)})${note && `: ${note}`}`;
        if (terminal.interactive) {
            erase();
            const spinner = FRAMES[frame++ % FRAMES.length] ?? "";
            terminal.write(terminal.style("gray", ` ${spinner} ${line.slice(0, terminal.columns - 4)}`));
            drawn = true;
        } else {
            terminal.write(`    still ${line}\n`);
        }
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
        start(key, text) {
            running.set(key, { text, since: now() });
            settle();
        },
        stop(key) {
            running.delete(key);
            note = "";
            settle();
        },
        note(text) {
            note = text;
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
