import { existsSync } from "node:fs";
import { LineFile } from "../../../common";
import { redactJson } from "../../../common/redact";
import { messageOf } from "../../../errors";
import type { Sandbox } from "../../../sandbox";
import type { StateFolder } from "../state-folder";

/** In bytes. */
export const LARGEST_KEPT = 16_000_000;

/** The file beside a file that holds what came before. */
export const olderOf = (file: string): string => file.replace(/\.jsonl$/, ".older.jsonl");

/**
 * A file that gets one line of JSON as soon as something happens, so that nothing is lost if the sandbox is killed. If the
 * file cannot be written, the sandbox goes on, and tells what the file lacks. A full file becomes the older one of two, and
 * what was the older one is dropped: a line with `cut` says so.
 */
export class KeptFile {
    private readonly lines: LineFile;
    private missing = 0;

    /**
     * @param what the lines are, in the plural: "decisions"
     * @param most how many bytes the file may have. @default {@link LARGEST_KEPT}
     */
    constructor(
        private readonly file: string,
        private readonly what: string,
        private readonly most = LARGEST_KEPT,
    ) {
        this.lines = new LineFile(file);
    }

    append(entry: object): void {
        try {
            if (this.lines.bytes >= this.most) {
                this.rotate();
            }
            this.lines.append([JSON.stringify(entry)]);
        } catch (error) {
            if (this.missing++ === 0) {
                warn(`${this.what} cannot be written to ${this.file}: ${messageOf(error)}; make room on the disk`);
            }
        }
    }

    /** A process that is killed between two of these steps leaves files that are whole. */
    private rotate(): void {
        const older = olderOf(this.file);
        if (existsSync(older)) {
            this.lines.append([CUT_LINE]);
        }
        this.lines.moveTo(older);
    }

    close(): void {
        if (this.missing > 0) {
            warn(`${this.file} lacks ${this.missing} ${this.what}, which could not be written`);
        }
        this.lines.close();
    }
}

/** Says that older lines were dropped. */
export const CUT_LINE = JSON.stringify({ cut: true });

/** Keeps what happens in a sandbox. */
export interface Keeper {
    /** Keeps what happens from now on. */
    keep(sandbox: Sandbox): void;
    close(): void;
}

/** How many bytes of executions, with all that they depended on, are kept. */
const MOST_OF_EXECUTIONS = 32 * 1024 * 1024;

/** Opens the files of a state folder. @throws FileError if one of them is no file, or cannot be read */
export function keepAll(folder: StateFolder): Keeper {
    const decisions = new KeptFile(folder.file("decisions.jsonl"), "decisions");
    const logs = new KeptFile(folder.file("logs.jsonl"), "lines that services printed");
    const refused = new KeptFile(folder.file("refused.jsonl"), "hosts that were refused");
    const executions = new KeptFile(folder.file("executions.jsonl"), "executions", MOST_OF_EXECUTIONS);
    return {
        keep(sandbox) {
            const { cloud } = sandbox;
            cloud.decisions.onDecision((decision) => decisions.append(decision));
            sandbox.onLog((line) => logs.append(line));
            sandbox.onExecution((record) => executions.append(redactJson(record)));
            let id = 0;
            cloud.hosts.onRefused((host) => {
                refused.append({ id: ++id, time: new Date(cloud.clock.now()).toISOString(), host });
            });
        },
        close: () => [decisions, logs, refused, executions].forEach((file) => file.close()),
    };
}

function warn(message: string): void {
    process.stderr.write(`warning: ${message}\n`);
}
