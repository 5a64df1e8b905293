import { existsSync, readFileSync } from "node:fs";
import { parse } from "yaml";
import { matchesWildcards } from "../../../common";
import { fileError, UserError } from "../../errors";
import type { MutantResult } from "./run";

/** Survivors that are known, and why they may survive. */
export interface Allowed {
    /** The kind and what was changed, as reports show it; `*` stands for any text. */
    mutant: string;
    why: string;
}

/**
 * Reads a list of known survivors:
 *
 * ```yaml
 * - mutant: "grant removed: roles/iam.serviceAccountOpenIdTokenCreator *"
 *   why: without the role the probes are not tried, and the report says so
 * ```
 *
 * @throws UserError if the file is no such list
 */
export function readAllowed(file: string, required: boolean): Allowed[] {
    if (!required && !existsSync(file)) {
        return [];
    }
    let content: unknown;
    try {
        content = parse(readFileSync(file, "utf8"));
    } catch (error) {
        throw fileError(`${file} cannot be read`, error, "write it as a list in YAML");
    }
    const list: unknown[] = Array.isArray(content) ? content : [undefined];
    return list.map((entry) => {
        const { mutant, why } = Object(entry) as { mutant?: unknown; why?: unknown };
        if (typeof mutant !== "string" || typeof why !== "string" || why.trim() === "") {
            throw new UserError(`${file} has an entry ${JSON.stringify(entry)}`, {
                fix: 'write a list of entries with mutant, such as "stranger added: *", and why it may survive',
            });
        }
        return { mutant, why };
    });
}

/** The name of a mutant, which entries of the list match. */
export const mutantName = ({ kind, what }: Pick<MutantResult, "kind" | "what">): string => `${kind}: ${what}`;

/** Whether an entry is for a mutant. */
export function allows({ mutant }: Allowed, result: MutantResult): boolean {
    return matchesWildcards(mutant, mutantName(result));
}
