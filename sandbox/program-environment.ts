import { createRequire } from "node:module";
import { type ChildEnvironment, childEnvironment, otherClouds } from "./environment";
import type * as guard from "./guard";

/**
 * The variables for a Pulumi program beside those of its machine: those of the sandbox and none of another cloud, and
 * Node's options by which no connection of it leaves the sandbox. `undefined` takes a variable away.
 *
 * @param client the variables by which a client finds the sandbox
 * @param more what the user adds
 */
export function programEnvironment(
    client: ChildEnvironment,
    more: ChildEnvironment = {},
    machine: NodeJS.ProcessEnv = process.env,
): ChildEnvironment {
    // A command that runs no program does not wait for it.
    const { nodeOptions } = createRequire(__filename)("./guard") as typeof guard;
    return {
        ...otherClouds(machine),
        ...client,
        ...more,
        NODE_OPTIONS: nodeOptions("NODE_OPTIONS" in more ? more.NODE_OPTIONS : machine.NODE_OPTIONS),
    };
}

/** The names of the variables for a program, and the values that do not depend on the sandbox, which is not there yet. */
export const earlyEnvironment = (): ChildEnvironment =>
    programEnvironment(childEnvironment({ proxy: "", caFile: "", project: "", accessToken: "" }));
