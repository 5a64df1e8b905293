import { execFile } from "node:child_process";
import { resolve } from "node:path";
import { promisify } from "node:util";
import { UserError } from "../errors";

/** The longest output of the Pulumi CLI that is read, in bytes. A large stack's state has many megabytes. */
const LONGEST = 256 * 1024 * 1024;

/** Runs a command of the Pulumi CLI in a program's folder, and reads the JSON that it prints. */
export async function pulumi(command: string[], directory: string, stack: string | undefined): Promise<unknown> {
    const where = ["--cwd", directory, "--non-interactive", ...(stack === undefined ? [] : ["--stack", stack])];
    try {
        const { stdout } = await promisify(execFile)("pulumi", [...command, ...where], { maxBuffer: LONGEST });
        return JSON.parse(stdout);
    } catch (error) {
        const { code, stderr, message } = error as { code?: unknown; stderr?: string; message: string };
        throw code === "ENOENT"
            ? new UserError(
                  `${stack === undefined ? "nothing" : `no stack "${stack}"`} was deployed to a sandbox from ${resolve(directory)} (gcp-invoke sandbox up), and the Pulumi CLI is not on the PATH`,
                  { fix: "install it, or give the stack's state with --state FILE or a spec with --spec FILE" },
              )
            : new UserError(
                  `pulumi ${command.join(" ")} failed in ${resolve(directory)}: ${(stderr ?? message).trim()}`,
              );
    }
}
