import type { Project } from "../../sandbox/engine/project";
import { parts } from "./parts";
import type { StateFolder } from "./state-folder";

/**
 * A stack's outputs, with secrets as `[secret]`, or its state as `pulumi stack export` prints it, with secrets encrypted;
 * both with secrets in the clear where that is asked for. Starts nothing.
 */
export async function readStack(
    folder: StateFolder,
    project: Project,
    stack: string,
    what: "outputs" | "state",
    showSecrets = false,
): Promise<unknown> {
    const { openStack } = parts.stack();
    const { hideSecrets, plainProperties } = parts.values();
    const opened = await openStack({
        directory: project.root,
        stack,
        stateDirectory: folder.file("stacks"),
        request: () => Promise.reject(new Error("reading a state sends no request")),
    });
    if (what === "state") return opened.export(showSecrets);
    return showSecrets ? plainProperties(opened.outputs) : hideSecrets(opened.outputs);
}
