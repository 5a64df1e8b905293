import { createRequire } from "node:module";
import type { Command } from "commander";
import type * as advice from "./advice";
import type * as apis from "./apis";
import type * as clients from "./clients";
import type * as config from "./config";
import type * as page from "./console";
import type * as controls from "./controls";
import type * as evidence from "./evidence";
import type * as executions from "./executions";
import type * as identity from "./identity";
import type * as programs from "./programs";
import type * as state from "./state";
import type * as status from "./status";

const load = createRequire(__filename);

type Register = (sandbox: Command) => void;

/** The commands of a file, and how it is loaded. A test compares their names with what the file adds. */
export const GROUPS: readonly (readonly [names: readonly string[], load: () => Register])[] = [
    [
        ["preview", "up", "watch", "refresh", "destroy", "outputs", "state", "invoke"],
        () => (load("./programs") as typeof programs).registerPrograms,
    ],
    [["config"], () => (load("./config") as typeof config).registerConfig],
    [["roles", "mutate"], () => (load("./advice") as typeof advice).registerAdvice],
    [["serve", "env", "exec"], () => (load("./clients") as typeof clients).registerClients],
    [["console"], () => (load("./console") as typeof page).registerConsole],
    [["status"], () => (load("./status") as typeof status).registerStatus],
    [["clock", "propagation", "explain", "fault"], () => (load("./controls") as typeof controls).registerControls],
    [["refused", "logs", "decisions", "reports"], () => (load("./evidence") as typeof evidence).registerEvidence],
    [["executions"], () => (load("./executions") as typeof executions).registerExecutions],
    [["groups", "rotate-keys"], () => (load("./identity") as typeof identity).registerIdentity],
    [["apis"], () => (load("./apis") as typeof apis).registerApis],
    [["reset", "export", "import"], () => (load("./state") as typeof state).registerState],
];

/** Adds the commands of the file that has the named one. Without a known name it adds all, so that help is complete. */
export function registerGroups(sandbox: Command, name: string | undefined): void {
    const named = GROUPS.filter(([names]) => name !== undefined && names.includes(name));
    for (const [, register] of named.length > 0 ? named : GROUPS) {
        register()(sandbox);
    }
}
