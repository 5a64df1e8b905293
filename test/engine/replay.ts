import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

import { Callbacks } from "../../engine/callbacks/callbacks";
import { Session } from "../../engine/program/session";
import { Sandbox } from "../../sandbox";
import { Bench } from "./helper";
import { type Observed, withLongNames } from "./recorded";

const root = resolve(__dirname, "../..");

/** A recorded program as a project of its own, which runs against a sandbox of its own. */
export class Replay {
    private constructor(
        private readonly directory: string,
        private readonly sandbox: Sandbox,
        private readonly bench: Bench,
    ) {}

    /** @param program - the path of the program that was recorded, a file of JavaScript */
    static async start(project: string, program: string): Promise<Replay> {
        const directory = mkdtempSync(join(tmpdir(), "recorded-"));
        symlinkSync(join(root, "node_modules"), join(directory, "node_modules"));
        writeFileSync(join(directory, "index.js"), withLongNames(readFileSync(program, "utf8")));
        writeFileSync(
            join(directory, "Pulumi.yaml"),
            `name: ${project}\nmain: index.js\nruntime: { name: nodejs, options: { typescript: false } }\nconfig: { gcp:project: demo, gcp:region: us-central1 }\n`,
        );
        const sandbox = await Sandbox.start({ project: "demo", projectNumber: "123456789" });
        return new Replay(directory, sandbox, new Bench(directory));
    }

    /** Runs the command that a recording is named after, such as `gate-01-preview`, and returns what it did. */
    async run(command: string, environment: Record<string, string> = {}): Promise<Observed> {
        const { bench, sandbox } = this;
        const stack = await bench.open(
            {},
            {
                environment,
                request: (method, url, body, headers) =>
                    sandbox.request(method, url, { body, ...(headers && { headers }) }),
            },
        );
        const observed: Omit<Observed, "events" | "resources"> = { answers: [], outputs: [], hooks: [] };
        const restore = [
            spy(Session.prototype, "registerResource", async (answer) => observed.answers.push(await answer)),
            spy(Session.prototype, "registerResourceOutputs", (_, urn, outputs) =>
                observed.outputs.push({ urn, outputs }),
            ),
            spy(Callbacks.prototype, "invoke", (_, __, request) => observed.hooks.push(request)),
        ];
        try {
            if (command.includes("refresh")) {
                await stack.refresh();
            } else if (command.includes("destroy")) {
                await stack.destroy();
            } else if (command.includes("preview")) {
                await stack.preview();
            } else {
                await stack.up({ preview: false });
            }
        } finally {
            restore.forEach((undo) => undo());
        }
        return { ...observed, events: [...bench.events], resources: stack.resources };
    }

    async close(): Promise<void> {
        this.bench.close();
        await this.sandbox.close();
        rmSync(this.directory, { recursive: true, force: true });
    }
}

/** Calls a listener with the results and arguments of a method. Returns a function that removes the listener. */
function spy<T extends object, K extends keyof T>(
    target: T,
    name: K,
    listen: T[K] extends (...args: infer A) => infer R ? (result: R, ...args: A) => unknown : never,
): () => void {
    const original = target[name] as (...args: unknown[]) => unknown;
    const replaced = function (this: T, ...args: unknown[]): unknown {
        const result = original.apply(this, args);
        void Promise.resolve((listen as (...all: unknown[]) => unknown)(result, ...args)).catch(() => undefined);
        return result;
    };
    target[name] = replaced as T[K];
    return () => {
        target[name] = original as T[K];
    };
}
