import { deploy, findMapping, readProgram } from "../../cli/sandbox/deploy";
import { type Session, withProgramEarly, withSandbox } from "../../cli/sandbox/session";
import { findStateFolder } from "../../cli/sandbox/state-folder";
import type { Sandbox } from "../../sandbox";

/**
 * Deploys a program as `gcp-invoke sandbox up` does, as a process of its own, and tells its parent how long each phase
 * took, by what it would show: nothing is built in for the measurement.
 */
async function main([directory = ".", state = ""]: string[]): Promise<void> {
    const project = await readProgram(directory, "bench");
    const folder = findStateFolder(state, directory, {});
    const begun = performance.now();
    const at: Partial<Record<"ready" | "updating" | "checking" | "checked", number>> = {};
    const mark = (text: string): void => {
        if (text.startsWith("Updating")) {
            at.updating ??= performance.now();
        }
        if (text.includes("smoke check of")) {
            at.checked = performance.now();
        }
    };
    const work = (): Promise<boolean> => withSandbox({ folder, ...findMapping(project) }, deployed);
    const succeeded = await withProgramEarly({ project, folder, runs: 2 }, work);
    async function deployed(session: Session<Sandbox>): Promise<boolean> {
        at.ready = performance.now();
        const { decisions } = session.sandbox.cloud;
        // The check is the first that executes the workflow or calls a service.
        decisions.onDecision(({ permission }) => {
            if (/executions\.create|routes\.invoke/.test(permission) && at.updating !== undefined) {
                at.checking ??= performance.now();
            }
        });
        const outcome = await deploy(session, "up", {
            project,
            stack: "bench",
            config: {},
            json: false,
            terminal: { write: mark, interactive: false, color: false, columns: 100, style: (_, text) => text },
        });
        return outcome.succeeded;
    }
    const { ready = NaN, updating = NaN, checking = NaN, checked = NaN } = at;
    process.send?.({
        sandbox: ready - begun,
        preview: updating - ready,
        update: checking - updating,
        check: checked - checking,
    });
    process.exitCode = succeeded ? 0 : 1;
    process.disconnect();
}

void main(process.argv.slice(2));
