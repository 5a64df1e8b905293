import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openStack } from "../../engine";
import { Sandbox } from "../../sandbox";

/** What a stack of so many services, each with a caller of its own, costs: in seconds of computing, program and sandbox included. */
export interface StackFigures extends Record<Phase, number> {
    /** The most that the process with the engine and the sandbox ever had, in megabytes. */
    engine: number;
    /** The most that a process which ran the program ever had, in megabytes. */
    program: number;
}

export type Phase = "preview" | "up" | "unchanged" | "destroy";

/** What each run of the program took: it writes a line of these when it ends. */
interface Usage {
    kilobytes: number;
    microseconds: number;
}

/** Makes, leaves, and destroys a stack of so many services. @throws Error where an operation fails */
async function measureStack(services: number, show: (phase: Phase, seconds: number) => void): Promise<StackFigures> {
    const state = mkdtempSync(join(tmpdir(), "bench-stacks-"));
    const sandbox = await Sandbox.start({ project: "demo" });
    const usageFile = join(state, "usage");
    const usages = (): Usage[] =>
        readFileSync(usageFile, { encoding: "utf8", flag: "a+" })
            .split("\n")
            .slice(0, -1)
            .map((line) => JSON.parse(line) as Usage);
    const stack = await openStack({
        directory: join(__dirname, "programs", "services"),
        stateDirectory: state,
        config: { "gcp:project": "demo", services: String(services) },
        environment: { BENCH_USAGE: usageFile },
        request: (method, url, body) => sandbox.request(method, url, { body }),
    });
    const computing = async (
        phase: Phase,
        work: () => Promise<{ result: string; diagnostics: { message: string }[] }>,
    ): Promise<number> => {
        const before = process.cpuUsage();
        const runs = usages().length;
        const { result, diagnostics } = await work();
        const { user, system } = process.cpuUsage(before);
        if (result !== "succeeded") {
            throw new Error(diagnostics.map(({ message }) => message).join("\n"));
        }
        const ofProgram = usages()
            .slice(runs)
            .reduce((sum, { microseconds }) => sum + microseconds, 0);
        const seconds = (user + system + ofProgram) / 1e6;
        show(phase, seconds);
        return seconds;
    };
    try {
        return {
            preview: await computing("preview", () => stack.preview()),
            up: await computing("up", () => stack.up({ preview: false })),
            unchanged: await computing("unchanged", () => stack.up({ preview: false })),
            destroy: await computing("destroy", () => stack.destroy()),
            engine: process.resourceUsage().maxRSS / 1e3,
            program: Math.max(...usages().map(({ kilobytes }) => kilobytes)) / 1e3,
        };
    } finally {
        await sandbox.close();
        rmSync(state, { recursive: true, force: true });
    }
}

// The parent reads one line of JSON for each phase, and one for all at the end.
const tell = (what: object): void => console.log(JSON.stringify(what));

measureStack(Number(process.argv[2]), (phase, seconds) => tell({ phase, seconds }))
    .then((figures) => tell({ figures }))
    .catch((error: unknown) => {
        console.error(error);
        process.exitCode = 1;
    });
