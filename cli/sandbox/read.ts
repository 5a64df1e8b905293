import { readFileSync } from "node:fs";
import { defined, makePrivateFolder } from "../../common";
import type { Project, ResourceRules, Stack } from "../../engine";
import { UserError } from "../errors";
import { resourceRules } from "./deploy";
import { lazy } from "./lazy";
import { noStack, type StateFolder } from "./state-folder";
import { messageOf } from "../../errors";

/**
 * A stack's outputs, with secrets as `[secret]`, or its state as `pulumi stack export` prints it, with secrets
 * encrypted; both with secrets in the clear on request. Starts no sandbox. @throws UserError if there is no such stack
 */
export async function readStack(
    folder: StateFolder,
    project: Project,
    stack: string,
    what: "outputs" | "state",
    showSecrets = false,
): Promise<unknown> {
    const { hideSecrets, plainProperties } = lazy.values();
    const opened = await open(folder, project, stack);
    if (!opened.exists) {
        throw noStack(folder, project, stack);
    }
    if (what === "state") {
        return opened.export(showSecrets);
    }
    return showSecrets ? plainProperties(opened.outputs) : hideSecrets(opened.outputs);
}

/**
 * Imports what `pulumi stack export` wrote as the state of a stack. Starts no sandbox.
 *
 * @param file - `-` for standard input
 * @returns the message for the user
 * @throws UserError if the file cannot be read, or is not the state of this stack; then nothing is changed
 */
export async function importStack(folder: StateFolder, project: Project, stack: string, file: string): Promise<string> {
    const opened = await open(folder, project, stack, resourceRules(project));
    const { resources, pending, backup } = await opened.import(parseExported(file));
    const under = pending === 1 ? "1 operation was" : `${pending} operations were`;
    return [
        `Import complete: stack ${stack} of ${project.name} has ${resources} resource${resources === 1 ? "" : "s"}`,
        ...(pending > 0 ? [`${under} under way when it was written: the next update finds out how they ended`] : []),
        ...(backup === undefined ? [] : [`the old state is kept in ${backup}`]),
        "",
    ].join("\n");
}

function open(folder: StateFolder, project: Project, stack: string, resources?: ResourceRules): Promise<Stack> {
    makePrivateFolder(folder.path);
    return lazy.engine().openStack({
        directory: project.root,
        stack,
        stateDirectory: folder.file("stacks"),
        ...defined({ resources }),
        request: () => Promise.reject(new UserError("reading a state sends no request")),
    });
}

function parseExported(file: string): unknown {
    const name = file === "-" ? "standard input" : file;
    try {
        return JSON.parse(readFileSync(file === "-" ? 0 : file, "utf8")) as unknown;
    } catch (error) {
        const why = messageOf(error);
        throw new UserError(`${name} cannot be read: ${why}`, { fix: "give what `pulumi stack export` wrote" });
    }
}
