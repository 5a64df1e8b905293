import os from "node:os";
import type { WayOf } from "./way";

/**
 * Lets a thread find the home folder of its own environment. Node asks the environment of the process for it, and there
 * it is the home of this machine's user, in which libraries look for credentials.
 */
export function guardHome(wayOf: WayOf): void {
    const { homedir, userInfo } = os;
    const home = (): string => {
        const { HOME, USERPROFILE } = process.env;
        const own = process.platform === "win32" ? USERPROFILE : HOME;
        return wayOf() !== undefined && own !== undefined && own !== "" ? own : homedir();
    };
    Object.assign(os, {
        homedir: home,
        userInfo: (...options: Parameters<typeof userInfo>) => ({ ...userInfo(...options), homedir: home() }),
    });
}
