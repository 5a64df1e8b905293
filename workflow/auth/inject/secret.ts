import type { Entry, Routine, Lines } from "../../syntax";
import { type Left, leftFor } from "../advice";
import { type CallSite, maySend } from "../calls";
import { isWithin, ownEntries, type Written, writeEntry } from "./change";
import { type Edit, insertAfter, insertStep, mapOf, type NewEntry, valueOf } from "../edit";
import type { DeclaredTarget } from "../types";

type Secret = NonNullable<DeclaredTarget["secret"]>;

/** The step that reads a secret at the beginning of a routine. */
interface SecretStep {
    name: string;
    variable: string;
    edit: Edit;
}

/**
 * Hands secrets to the calls of external targets: one step at the beginning of each routine that needs one reads it
 * from Secret Manager, and each call sends it in the header that the target names.
 */
export class SecretReader {
    private readonly steps = new Map<string, SecretStep | undefined>();
    private readonly names: Names;

    constructor(
        private readonly lines: Lines,
        program: unknown,
    ) {
        this.names = new Names(program);
    }

    /** The target whose secret the call lacks, or `undefined` if it lacks none, or may send the header already. */
    lacks(site: CallSite): DeclaredTarget | undefined {
        const [receiver, ...others] = site.receivers;
        const { target } = receiver ?? {};
        return target?.secret !== undefined &&
            receiver?.scheme === "https" &&
            others.length === 0 &&
            site.auth.kind === "none" &&
            !site.headers.open &&
            !maySend(site, target.secret.header)
            ? target
            : undefined;
    }

    write(site: CallSite, target: DeclaredTarget): Written | Left {
        const { secret } = target;
        const headers = site.entries.find((entry) => entry.key === "headers")?.value;
        const step = secret && this.stepFor(site.call.routine, target, secret);
        const old = headers?.kind === "map" ? headers.entries : [];
        const { header = "", prefix } = secret ?? {};
        const variable = step?.variable ?? "";
        const value = prefix === undefined ? `\${${variable}}` : `\${${JSON.stringify(prefix)} + ${variable}}`;
        const edit =
            headers === undefined || headers.kind === "map" ? this.send(site, old, { key: header, value }) : undefined;
        return edit === undefined || step === undefined
            ? leftFor("secret", header)
            : {
                  description: `sends the secret of target ${target.name}`,
                  edits: [edit, step.edit],
                  meant: () => ({ key: "headers", value: mapOf([...old, { key: header, value: valueOf(value) }]) }),
                  step: step.name,
                  byHand: `the secret in the header ${header}`,
              };
    }

    /** Writes one more header among those that the call has, or all of them if these stand elsewhere. */
    private send(site: CallSite, old: Entry[], header: NewEntry): Edit | undefined {
        const last = old.at(-1);
        const own = ownEntries(site).find(({ key }) => key === "headers")?.value.span;
        return last !== undefined && own !== undefined && isWithin(own, last)
            ? insertAfter(this.lines, own, last, header)
            : writeEntry(this.lines, site, { key: "headers", value: [...old, header] });
    }

    private stepFor(routine: Routine, target: DeclaredTarget, secret: Secret): SecretStep | undefined {
        const [first] = routine.steps;
        const key = `${first?.name.span.start.offset ?? ""} ${target.name}`;
        if (!this.steps.has(key)) {
            this.steps.set(key, this.makeStep(routine, target, secret));
        }
        return this.steps.get(key);
    }

    private makeStep(routine: Routine, target: DeclaredTarget, secret: Secret): SecretStep | undefined {
        const [first] = routine.steps;
        const args = secretArguments(secret);
        // The step has no text of its own if an alias stands for it, or for all steps.
        const own = first !== undefined && first.name.span.start.offset >= routine.span.start.offset;
        if (!own || first.name.span.end.offset > routine.span.end.offset || args === undefined) {
            return undefined;
        }
        const variable = this.names.unused(`${target.name.replaceAll(/^(?=\d)|\W/g, "_")}_secret`);
        const name = this.names.unused(`read_${variable}`);
        const edit = insertStep(this.lines, first, {
            key: name,
            value: [
                { key: "call", value: "googleapis.secretmanager.v1.projects.secrets.versions.accessString" },
                { key: "args", value: args },
                { key: "result", value: variable },
            ],
        });
        return edit && { name, variable, edit };
    }
}

/** Finds names that the program does not have yet, in any place and in any spelling. */
class Names {
    private words: Set<string> | undefined;

    constructor(private readonly program: unknown) {}

    unused(name: string): string {
        this.words ??= wordsIn(this.program, new Set());
        if (this.words.has(name)) {
            return this.unused(`${name}_`);
        }
        this.words.add(name);
        return name;
    }
}

function wordsIn(item: unknown, words: Set<string>): Set<string> {
    if (typeof item === "string") {
        item.match(/\w+/g)?.forEach((word) => words.add(word));
    } else if (typeof item === "object" && item !== null) {
        Object.values(item).forEach((each) => wordsIn(each, words));
    }
    return words;
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
