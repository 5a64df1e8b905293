import type { Parsed, Routine } from "../syntax/ast";
import type { CallSite } from "./call-site";
import type { Edit, NewEntry } from "./edit";
import { insertAfter, insertStep } from "./edit";
import { sends } from "./headers";
import type { DeclaredTarget } from "./types";

type Secret = NonNullable<DeclaredTarget["secret"]>;

/** The edits that send a target's secret with a call, and the variable that holds it. */
export interface SecretChange {
    header: Edit;
    /** Reads the secret at the beginning of the routine; absent where that is done already. */
    read?: Edit;
}

/**
 * Hands secrets to the calls of external targets: one step at the beginning of each routine that needs one reads it
 * from Secret Manager, and each call sends it in the header that the target names.
 */
export class SecretReader {
    private readonly variables = new Map<string, string>();

    constructor(private readonly parsed: Parsed) {}

    /** `undefined` where the call's target has no secret, or the call sends the header already, or may. */
    change(site: CallSite): SecretChange | undefined {
        const [receiver, ...others] = site.receivers;
        const { target } = receiver ?? {};
        const url = site.entries.find((entry) => entry.key === "url");
        if (
            target?.secret === undefined ||
            receiver?.scheme !== "https" ||
            others.length > 0 ||
            url === undefined ||
            site.auth.kind !== "none" ||
            site.headers.open ||
            sends(site, target.secret.header)
        ) {
            return undefined;
        }
        const args = site.call.action.args;
        const { header, prefix } = target.secret;
        const known = this.variables.get(keyOf(site.call.routine, target));
        const variable = known ?? this.unusedName(`${identifier(target.name)}_secret`);
        const value = prefix === undefined ? `\${${variable}}` : `\${${JSON.stringify(prefix)} + ${variable}}`;
        const headers = site.entries.find((entry) => entry.key === "headers")?.value;
        const last = headers?.kind === "map" ? headers.entries.at(-1) : undefined;
        if (args === undefined || (headers !== undefined && last === undefined)) {
            return undefined;
        }
        const headerEdit =
            headers === undefined || last === undefined
                ? insertAfter(this.parsed.source, args.span, url, { key: "headers", value: [{ key: header, value }] })
                : insertAfter(this.parsed.source, headers.span, last, { key: header, value });
        if (known !== undefined) {
            return { header: headerEdit };
        }
        const read = this.readStep(site.call.routine, target.secret, variable);
        if (read === undefined) {
            return undefined;
        }
        this.variables.set(keyOf(site.call.routine, target), variable);
        return { header: headerEdit, read };
    }

    private readStep(routine: Routine, secret: Secret, variable: string): Edit | undefined {
        const [first] = routine.steps;
        const args = secretArguments(secret);
        return first === undefined || args === undefined
            ? undefined
            : insertStep(this.parsed.source, first, {
                  key: this.unusedName(`read_${variable}`),
                  value: [
                      { key: "call", value: "googleapis.secretmanager.v1.projects.secrets.versions.accessString" },
                      { key: "args", value: args },
                      { key: "result", value: variable },
                  ],
              });
    }

    private unusedName(name: string): string {
        const taken =
            new RegExp(`\\b${name}\\b`).test(this.parsed.source) || [...this.variables.values()].includes(name);
        return taken ? this.unusedName(`${name}_`) : name;
    }
}

/** From `projects/P/secrets/S/versions/V`, or the environment variable that holds such a name. */
function secretArguments({ version, versionVariable }: Secret): NewEntry[] | undefined {
    const at = (index: number): string => `\${text.split(sys.get_env("${versionVariable ?? ""}"), "/")[${index}]}`;
    const [, project, , id, , number] = version?.split("/") ?? [];
    const written =
        versionVariable !== undefined
            ? [at(1), at(3), at(5)]
            : project !== undefined && id !== undefined && number !== undefined
              ? [project, id, number]
              : undefined;
    return written?.map((value, index) => ({ key: ["project_id", "secret_id", "version"][index] ?? "", value }));
}

function identifier(name: string): string {
    return name.replaceAll(/\W/g, "_");
}

function keyOf(routine: Routine, target: DeclaredTarget): string {
    return `${routine.name.text}\n${target.name}`;
}
