import { existsSync, readFileSync } from "node:fs";
import { type Decision, readState } from "../../../sandbox/light";
import { UserError } from "../../errors";
import { CUT_LINE, olderOf } from "../kept";
import { lazy } from "../lazy";
import type { StateFolder } from "../state-folder";
import { type AccountUsage, type KnownRole, type Recorded, usageOf } from "./usage";

/**
 * What the accounts of a sandbox needed and never used, by all decisions that its folder holds.
 * @param only An email or its part before the `@`. @default - all accounts
 * @throws UserError if nothing was recorded, or there is no such account
 */
export function readUsage(folder: StateFolder, only: string | undefined): AccountUsage[] {
    const decisions = readDecisions(folder.file("decisions.jsonl"));
    const state = readState(folder.file("sandbox.json"));
    const emails = Object.values(state["iam.serviceAccounts"] ?? {}).map((each) => (each as { email: string }).email);
    const wanted = only?.replace(/^serviceAccount:/, "");
    const accounts = emails.filter(
        (email) => wanted === undefined || email === wanted || email.startsWith(`${wanted}@`),
    );
    if (accounts.length === 0) {
        throw new UserError(
            wanted === undefined
                ? `there are no service accounts in ${folder.path}`
                : `there is no service account ${wanted} in ${folder.path}; there are ${emails.join(", ")}`,
            { fix: "deploy a program with `gcp-invoke sandbox up DIRECTORY`, or name the folder with --state" },
        );
    }
    const { narrowestRoles, predefinedRoles } = lazy.iam();
    const policies = (state["iam.policies"] ?? {}) as Recorded["policies"];
    const roles = [...predefinedRoles(), ...customRoles(state["iam.roles"] ?? {})];
    return usageOf({ accounts, decisions, policies, roles, narrowest: narrowestRoles });
}

function readDecisions(file: string): Decision[] {
    const lines = [olderOf(file), file]
        .filter((one) => existsSync(one))
        .flatMap((one) => readFileSync(one, "utf8").split("\n"))
        .filter((line) => line.trim() !== "" && line !== CUT_LINE);
    if (lines.length === 0) {
        throw new UserError(`no decisions are recorded in ${file}`, {
            fix: "use what is deployed first: `gcp-invoke sandbox invoke NAME`, `gcp-invoke verify`, or your tests",
        });
    }
    return lines.flatMap((line) => {
        try {
            return [JSON.parse(line) as Decision];
        } catch {
            // A sandbox that was killed may have left half a line.
            return [];
        }
    });
}

function customRoles(kept: Record<string, unknown>): KnownRole[] {
    return Object.entries(kept).map(([name, role]) => ({
        name,
        permissions: new Set((role as { includedPermissions?: string[] }).includedPermissions),
    }));
}
