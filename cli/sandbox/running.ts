import { findRunning, killedSandbox, type ControlClient } from "../../sandbox/light";
import { UserError } from "../errors";
import type { StateFolder } from "./state-folder";

/** The sandbox that is running on a state folder. @throws UserError if there is none */
export async function requireRunning(folder: StateFolder): Promise<ControlClient> {
    const client = await findRunning(folder.path);
    if (client) {
        return client;
    }
    const killed = killedSandbox(folder.path);
    const why = killed === undefined ? "" : `: process ${killed}, which ran one, was killed or does not answer`;
    throw new UserError(`no sandbox is running in ${folder.path}${why}`, {
        fix: "start one with `gcp-invoke sandbox serve` in another terminal, or name its folder with --state",
    });
}

/** What the line says by which a served sandbox tells that it is ready. */
export interface Ready {
    ready: true;
    project: string;
    /** The URL of the proxy, by which clients reach the sandbox. */
    proxy: string;
    /** The URL of the control API. */
    control: string;
    /** The folder of its state. */
    state: string;
    /** The link of the page about it, which works once. */
    console?: string;
}
