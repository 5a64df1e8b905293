import type { Command } from "commander";
import { UserError } from "../../errors";
import { apiLines, apiPage, methodLines, reportApis } from "../apis";
import { lazy } from "../lazy";

/** The command that lists what a sandbox serves. It asks the code itself, so no sandbox needs to run. */
export function registerApis(sandbox: Command): void {
    sandbox
        .command("apis [host]")
        .description(
            "list the APIs that the sandbox serves; with a host, its methods, their permissions and its limits",
        )
        .option("--json", "print everything as JSON")
        .option("--markdown", "print the page of the documentation")
        .action((host: string | undefined, { json, markdown }: { json?: boolean; markdown?: boolean }) => {
            const cloud = lazy.sandbox().createCloud();
            const reports = reportApis(cloud.apis).filter((report) => host === undefined || report.host === host);
            cloud.close();
            if (reports.length === 0) {
                throw new UserError(`the sandbox has no API at ${host ?? ""}`, {
                    fix: "gcp-invoke sandbox apis lists those it has",
                });
            }
            const [only] = reports;
            const lines = host !== undefined && only ? methodLines(only) : apiLines(reports);
            process.stdout.write(
                json ? `${JSON.stringify(reports, null, 2)}\n` : markdown ? apiPage(reports) : `${lines.join("\n")}\n`,
            );
        });
}
