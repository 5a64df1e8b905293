import { findRunning, type ControlClient } from "../../sandbox/light";
import { UserError } from "../errors";
import type { StateFolder } from "./state-folder";

/** The sandbox that runs on a state folder. @throws UserError where none does */
export async function requireRunning(folder: StateFolder): Promise<ControlClient> {
    const client = await findRunning(folder.path);
    if (client) {
        return client;
    }
    throw new UserError(`no sandbox is running in ${folder.path}`, {
        fix: "start one with `gcp-invoke sandbox serve` in another terminal, or name its folder with --state",
    });
}
