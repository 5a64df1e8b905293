import { defined } from "../common";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { heading, terminal, type Terminal } from "./render";
import {
    commandOn,
    deploy,
    findMapping,
    findStateFolder,
    onSandbox,
    printRefused,
    readProgram,
    type Session,
    withProgramEarly,
} from "./sandbox";

/** The options of `npm start`. */
export interface StartOptions {
    verify?: boolean;
    fresh?: boolean;
    port?: number;
    /** How long a grant takes to arrive, in milliseconds of the sandbox's clock. */
    propagation?: number;
}

const checkout = join(__dirname, "..");
const STACK = "dev";

/**
 * Deploys the quickstart to a sandbox whose state is in the checkout, and shows what a new user wants to see: what is
 * deployed, what was generated, the evidence, the outputs, and what to try next.
 *
 * @returns the exit code
 */
export async function start({ verify = false, fresh = false, port, propagation }: StartOptions): Promise<number> {
    const screen = terminal(process.stdout);
    const { GCP_INVOKE_STATE: named = "" } = process.env;
    const folder = findStateFolder(named === "" ? join(checkout, ".gcp-invoke") : named, checkout, {});
    if (fresh) {
        await folder.clear();
    }
    const project = await readProgram(join(checkout, "examples", "quickstart"), STACK);
    const options = {
        folder,
        ...defined({ port, propagation }),
        ...findMapping(project),
        deploys: true,
    };
    const runs = existsSync(folder.stateOf({ project: project.name, stack: STACK })) ? 1 : 2;
    return withProgramEarly({ project, folder, runs }, () => onSandbox(options, deployAndShow));

    async function deployAndShow(session: Session): Promise<number> {
        const { succeeded, reports } = await deploy(session, "up", {
            project,
            stack: STACK,
            config: {},
            json: false,
            skipUnchanged: true,
            terminal: screen,
        });
        if (!succeeded) {
            return 1;
        }
        const repeat = verify && reports.length === 0;
        if (repeat) {
            heading("Smoke check", screen);
        }
        const verified = repeat
            ? await commandOn(session.sandbox, "verify", folder.stateOf({ project: project.name, stack: STACK }))
            : 0;
        if (repeat) {
            screen.write("\n");
        }
        if (!verify && reports.length === 0) {
            screen.write("Nothing that the smoke check depends on has changed: npm start -- --verify repeats it\n\n");
        }
        if (verified === 0) {
            next(session, screen);
        }
        printRefused(await session.sandbox.refused(), process.stdout);
        return verified;
    }
}

function next({ decisionsLog }: Session, screen: Terminal): void {
    heading("By hand", screen);
    screen.write(`    npm run gcp-invoke -- sandbox invoke fulfil --data '{"order": 7, "item": "lamp"}'\n`);
    screen.write(`    every decision of the sandbox, with its reason: ${decisionsLog}\n\n`);
    heading("What to try next", screen);
    screen.write("    1. take `stock` out of `targets` in examples/quickstart/index.ts, and npm start\n");
    screen.write("    2. expect something else of the check there, npm start, and see the diff\n");
    screen.write("    3. deploy a program of your own: npm run gcp-invoke -- sandbox up DIRECTORY\n");
}
