import { createRequire } from "node:module";
import { setFlagsFromString } from "node:v8";
import { signalled } from "./cancel";
import { mappingNearby } from "./deploy";
import type * as page from "../console";
import type { Sandbox } from "../../sandbox";
import { findRunning } from "../../sandbox/light";
import { lazy } from "./lazy";
import type { Ready } from "./running";
import { printRefused } from "./refused";
import { terminal } from "../render";
import { type SessionOptions, withSandbox } from "./session";
import { addressesOf, DecisionRows, isTelling, printAddresses } from "./shown";

const load = createRequire(__filename);

/** The console, loaded when it is used. */
export const loadConsole = () => load("../console") as typeof page;

/**
 * How much the heap may grow, in percent of what is in use, before garbage is collected. By itself V8 waits for several
 * times as much: a sandbox that is served for days would hold more garbage than state. This costs a hundredth of the
 * time.
 */
const GROWTH_PERCENT = 30;

/** Runs a sandbox in the foreground until it is told to end: by Ctrl-C, SIGTERM, or the end of its terminal. */
export async function serve(options: SessionOptions & { json: boolean; console?: boolean }): Promise<void> {
    setFlagsFromString(`--heap-growing-percent=${GROWTH_PERCENT}`);
    const mapping = options.mapping ? {} : await mappingNearby(options.folder);
    await withSandbox({ ...options, ...mapping, ownSignals: true }, async ({ sandbox, folder }) => {
        const control = await lazy.control().startControl(sandbox);
        const { project, network } = sandbox;
        const { listenBeyondLoopback: beyond } = options;
        if (beyond !== undefined) {
            process.stderr.write(
                `warning: the proxy listens on ${beyond}, beyond loopback: whoever reaches port ${network.port} there can use this sandbox, and the hosts that its sandbox.yaml forwards to\n`,
            );
        }
        const client = options.console === true ? await findRunning(folder.path) : undefined;
        const opened = client && (await loadConsole().startConsole(client, folder));
        // This comes before the ready line, because whoever reads that line may send a signal at once.
        const ended = signalled();
        const ready: Ready = {
            ...{ ready: true, project, proxy: network.url, control: control.url, state: folder.path },
            ...(opened && { console: opened.link }),
        };
        process.stdout.write(
            options.json
                ? `${JSON.stringify(ready)}\n`
                : `ready: project ${project}, proxy ${network.url}, state ${folder.path}; Ctrl-C ends it\n${opened ? `console: ${opened.link}\n` : ""}`,
        );
        const stopLog = options.json ? undefined : showRequests(sandbox, opened !== undefined);
        await ended;
        stopLog?.();
        await opened?.close();
        await control.close();
        printRefused(sandbox.refused(), process.stderr);
    });
}

/** Shows what answers where, and then each request as it is decided. @returns a function that ends it */
function showRequests(sandbox: Sandbox, hasPage: boolean): () => void {
    const screen = terminal(process.stdout);
    if (!hasPage) {
        screen.write("console: `gcp-invoke sandbox console` prints the link of a page about this sandbox\n");
    }
    printAddresses(addressesOf(sandbox), screen);
    screen.write("\n");
    const rows = new DecisionRows(screen, true);
    return sandbox.cloud.decisions.onDecision((decision) => {
        if (isTelling(decision)) {
            rows.print(decision);
        }
    });
}
