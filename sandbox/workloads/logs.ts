import { redactLines } from "../../common";

/** One line that a workload printed. What looks like a token or a key is not in it. */
export interface LogLine {
    /** Rises by one with every line of the sandbox, so that a reader can ask for what came after the last it has. */
    id: number;
    /** ISO 8601, by the sandbox's clock. */
    time: string;
    /** The Cloud Run service or function, as its API names it: `projects/P/locations/L/services/S`; or an external host. */
    service: string;
    stream: "stdout" | "stderr";
    text: string;
}

/** Takes output piece by piece. A line is kept once its end has come. */
export interface Printer {
    (piece: string): void;
    /** Nothing follows: what has no end of a line is a line too. */
    end: () => void;
}

/** Both streams of a workload. */
export type Printers = Record<LogLine["stream"], Printer>;

/** What workloads print, the latest lines of all of them together. */
export interface Logs {
    printers(service: string): Printers;
    /** @param service the name of the resource, or its last part; all by default */
    list(service?: string, after?: number): LogLine[];
    /** Calls the listener with each line as it comes. */
    onLine(listener: (line: LogLine) => void): void;
}

/** How many lines are kept. The oldest are dropped first. */
const linesKept = 10_000;
/** A longer line is cut here, as Cloud Logging limits an entry. https://cloud.google.com/logging/quotas */
const LINE_LENGTH = 256 * 1024;

export function createLogs(now: () => number): Logs {
    const kept: LogLine[] = [];
    const listeners: ((line: LogLine) => void)[] = [];
    let lastId = 0;

    function add(service: string, stream: LogLine["stream"], text: string): void {
        const line = { id: ++lastId, time: new Date(now()).toISOString(), service, stream, text };
        kept.push(line);
        // Many lines are dropped at once, because moving the whole array for each line would be slow.
        if (kept.length > 2 * linesKept) {
            kept.splice(0, kept.length - linesKept);
        }
        listeners.forEach((listener) => listener(line));
    }

    function printer(service: string, stream: LogLine["stream"]): Printer {
        let rest = "";
        const redacted = redactLines();
        const print = (piece: string): void => {
            const lines = (rest + piece).split(/\r?\n/);
            rest = lines.pop() ?? "";
            if (rest.length > LINE_LENGTH) {
                lines.push(rest);
                rest = "";
            }
            for (const line of lines) {
                add(service, stream, redacted(line).slice(0, LINE_LENGTH));
            }
        };
        const end = (): void => {
            if (rest !== "") {
                print("\n");
            }
        };
        return Object.assign(print, { end });
    }

    return {
        printers: (service) => ({ stdout: printer(service, "stdout"), stderr: printer(service, "stderr") }),
        onLine: (listener) => void listeners.push(listener),
        list: (service, after = 0) =>
            kept
                .slice(-linesKept)
                .filter(
                    (line) =>
                        line.id > after &&
                        (service === undefined || line.service === service || line.service.endsWith(`/${service}`)),
                ),
    };
}
