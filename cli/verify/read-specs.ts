import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { CredentialOptions } from "../../credentials";
import { looksLikeSpec, parseSpec, type SmokeSpec, specsOfState } from "../../smoke";
import { loadEngine } from "../../sandbox/light";
import { fileError, UserError } from "../errors";
import { filesIn } from "./places";
import { pulumi } from "./pulumi-cli";

/** Where the specs of a check are. Without any of these they are in the stack of a program's folder. */
export interface SpecFlags {
    spec?: string;
    state?: string;
    specs?: string;
    stack?: string;
}

/**
 * Reads the specs that a check runs, in an order that is the same on every machine.
 * @throws UserError if there is none
 */
export async function readSpecs(
    directory: string,
    { spec, state, specs, stack }: SpecFlags,
    credentials: CredentialOptions,
): Promise<SmokeSpec[]> {
    if (spec !== undefined) {
        const content = readJson(spec);
        return (Array.isArray(content) ? content : [content]).map((each) => parseSpec(each, spec));
    }
    if (specs !== undefined) {
        return specsIn(specs, credentials);
    }
    const content = state === undefined ? await pulumi(["stack", "export"], directory, stack) : await readState(state);
    const found = specsOfState(content);
    if (found.length > 0) {
        return found;
    }
    throw new UserError(
        `${state ?? `the stack of ${resolve(directory)}`} keeps no smoke spec: no component of pulumi-gcp-invoke was deployed with its check (is gcp-invoke:smoke off?)`,
    );
}

/** What a file of a state holds. The engine keeps the key of a state's secrets beside it. */
async function readState(name: string): Promise<unknown> {
    const content = readJson(name);
    const isEncrypted = name !== "-" && JSON.stringify(content).includes('"ciphertext"');
    return isEncrypted && existsSync(join(dirname(name), "key.json")) ? await loadEngine().revealState(name) : content;
}

/** The specs of all JSON files in a folder or a bucket: each holds a spec, a list of specs or the state of a stack. */
async function specsIn(place: string, credentials: CredentialOptions): Promise<SmokeSpec[]> {
    const files = await filesIn(place, credentials);
    const empty: string[] = [];
    const specs = files.flatMap(({ name, text }) => {
        const found = specsOfFile(name, text);
        if (found.length === 0) {
            empty.push(name);
        }
        return found;
    });
    if (specs.length === 0) {
        throw new UserError(
            files.length === 0
                ? `${place} holds no file that ends in .json`
                : `${place} holds ${files.length} files, and no smoke spec in them`,
            { fix: "put what `pulumi stack export --show-secrets` prints for each stack there" },
        );
    }
    for (const name of empty) {
        process.stderr.write(`${name} holds no smoke spec: nothing is checked for it\n`);
    }
    return specs;
}

function specsOfFile(name: string, text: string): SmokeSpec[] {
    const content = readJson(name, () => text);
    const list: unknown[] = Array.isArray(content) ? content : [content];
    return list.flatMap((each) => {
        if (looksLikeSpec(each)) {
            return [parseSpec(each, name)];
        }
        if (typeof each !== "object" || each === null) {
            throw new UserError(`${name} holds neither a smoke spec nor the state of a stack`);
        }
        return specsOfState(each);
    });
}

/** @throws UserError with the name if it cannot be read, or is no JSON */
function readJson(name: string, read: () => string = () => readFileSync(name === "-" ? 0 : name, "utf8")): unknown {
    try {
        return JSON.parse(read());
    } catch (error) {
        throw fileError(`cannot read ${name}`, error, "give a smoke spec, or what `pulumi stack export` prints");
    }
}
