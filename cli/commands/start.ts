import type { Command } from "commander";
import { parseDuration, parsePort } from "../sandbox/commands";
import { start, type StartOptions } from "../start";

/** Adds `gcp-invoke start`, which `npm start` runs in a checkout: it deploys and checks the quickstart. */
export function register(program: Command): void {
    program
        .command("start", { hidden: true })
        .description("deploy the quickstart to a sandbox, invoke it with real tokens, and check it")
        .option("--verify", "repeat the smoke checks, even if nothing changed")
        .option("--fresh", "delete the state of the sandbox first")
        .option("--port <port>", "the proxy's port on 127.0.0.1", parsePort)
        .option("--propagation <time>", "how long a new grant takes to arrive, such as 20s", parseDuration)
        .action(async (options: StartOptions) => {
            process.exitCode = await start(options);
        });
}
