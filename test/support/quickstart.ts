import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { deploy, type DeployOperation, findMapping, type Outcome, readProgram } from "../../cli/sandbox/deploy";
import { type Session, withSandbox } from "../../cli/sandbox/session";
import type { Sandbox } from "../../sandbox";
import { findStateFolder } from "../../cli/sandbox/state-folder";
import { screen } from "./screen";

export const checkout = join(__dirname, "..", "..");

/** A copy of a program in the checkout, where `pulumi-gcp-invoke` resolves to the sources, with a state of its own. */
export interface Copy {
    readonly directory: string;
    readonly state: string;
    /** Replaces text in a file, and fails where there is none to replace. @returns what undoes it */
    edit(file: string, from: string, to: string): () => void;
    remove(): void;
}

/** Copies an example. */
export function copyOf(example: string): Copy {
    mkdirSync(join(checkout, "temp"), { recursive: true });
    const directory = mkdtempSync(join(checkout, "temp", `${example}-`));
    cpSync(join(checkout, "examples", example), directory, { recursive: true });
    return {
        directory,
        state: join(directory, ".gcp-invoke"),
        edit(file, from, to) {
            const path = join(directory, file);
            const before = readFileSync(path, "utf8");
            if (!before.includes(from)) {
                throw new Error(`${file} holds no ${JSON.stringify(from)}`);
            }
            writeFileSync(
                path,
                before.replace(from, () => to),
            );
            return () => writeFileSync(path, before);
        },
        remove: () => rmSync(directory, { recursive: true, force: true }),
    };
}

/** What a deployment came to, and what it showed. */
export interface Shown extends Outcome {
    text: string;
}

/** What `gcp-invoke sandbox up|preview|destroy` does, in this process. */
export async function run(
    copy: Pick<Copy, "directory" | "state">,
    operation: DeployOperation,
    options: RunOptions = {},
): Promise<Shown> {
    const project = await readProgram(copy.directory, "dev");
    const folder = findStateFolder(copy.state, copy.directory, {});
    return withSandbox({ folder, ...findMapping(project) }, async (session) => {
        await options.before?.(session);
        const terminal = screen();
        const { config = {}, skipPreview = false } = options;
        const shared = { project, stack: "dev", config, json: false, terminal };
        const outcome = await deploy(session, operation, { ...shared, skipPreview });
        await options.after?.(session);
        return { ...outcome, text: terminal.text() };
    });
}

export interface RunOptions {
    config?: Record<string, string>;
    /** Leaves out the preview of an update, which starts the program once more. @default false */
    skipPreview?: boolean;
    before?: (session: Session<Sandbox>) => unknown;
    after?: (session: Session<Sandbox>) => unknown;
}
