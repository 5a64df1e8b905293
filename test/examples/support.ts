import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { parse, stringify } from "yaml";
import { Sandbox } from "../../sandbox";
import { openStack, type Stack } from "../../engine";
import { stateName } from "../../engine/state-name";
import { enter } from "../support/enter";

export const folder = path.resolve(__dirname, "../../examples");
export const location = "europe-west1";

/** Every example. */
export const examples = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);

type Rules = Record<string, Record<string, unknown>[]>;

/** One sandbox for all programs, in which each finds the handlers of its own `sandbox.yaml`. */
export class Stage {
    private constructor(
        readonly sandbox: Sandbox,
        readonly directory: string,
        private readonly restore: () => void,
    ) {}

    static async open(): Promise<Stage> {
        const directory = mkdtempSync(path.join(tmpdir(), "examples-"));
        const mapping = path.join(directory, "sandbox.yaml");
        writeFileSync(mapping, stringify(merged()));
        const sandbox = await Sandbox.start({ mapping });
        const leave = enter(sandbox);
        return new Stage(sandbox, directory, () => {
            leave();
            rmSync(directory, { recursive: true, force: true });
        });
    }

    /** The stack of an example, its program run in this process. */
    async stack(name: string): Promise<Stack> {
        const directory = path.join(folder, name);
        return openStack({
            program: () => {
                process.chdir(directory);
                return run(path.join(directory, "index.ts"));
            },
            project: name,
            config: { "gcp:project": this.sandbox.project },
            stateDirectory: this.states,
            request: (method, url, body, headers) =>
                this.sandbox.request(method, url, { body, ...(headers && { headers }) }),
        });
    }

    /** Where the state of an example's stack is. */
    stateFile(name: string): string {
        return path.join(this.states, stateName(name, "dev"));
    }

    private get states(): string {
        return path.join(this.directory, "stacks");
    }

    async close(): Promise<void> {
        await this.sandbox.close();
        this.restore();
    }
}

/** Modules are kept: a program that runs again must be loaded again. */
async function run(main: string): Promise<Record<string, unknown>> {
    const own = path.dirname(main);
    for (const loaded of Object.keys(require.cache)) {
        if (loaded.startsWith(own)) {
            Reflect.deleteProperty(require.cache, loaded);
        }
    }
    await Promise.resolve();
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    return { ...(require(main) as Record<string, unknown>) };
}

function merged(): Rules {
    const all: Rules = {};
    for (const name of examples) {
        const own = path.join(folder, name);
        const file = parse(readFileSync(path.join(own, "sandbox.yaml"), "utf8")) as Rules;
        for (const [section, rules] of Object.entries(file)) {
            const placed = rules.map(({ handler, command, ...rest }) => ({
                ...rest,
                ...(typeof handler === "string" && { handler: path.join(own, handler) }),
                ...(command !== undefined && { command, directory: own }),
            }));
            all[section] = [...(all[section] ?? []), ...placed];
        }
    }
    return all;
}
