import { existsSync, realpathSync } from "node:fs";
import { resolve } from "node:path";
import { isWithin } from "../within";
import { UserError } from "../errors";
import { sandboxDeployment } from "../sandbox";

/** A tool for agents: a command of `gcp-invoke` that reads, or that changes the sandbox and nothing else. */
export interface Tool {
    description: string;
    /** What it takes: texts, lists of texts, and words that are on or off. */
    takes: Record<string, { type: "string" | "strings" | "boolean"; description: string; required?: true }>;
    /** Whether it changes nothing, also not the sandbox. */
    readOnly: boolean;
    /**
     * The command line.
     * @throws UserError if it would reach something other than the sandbox
     */
    command: (given: Given) => string[];
}

/** The arguments of a call, checked against what the tool takes. */
export interface Given {
    text: (name: string) => string | undefined;
    texts: (name: string) => string[];
    is: (name: string) => boolean;
}

const directory = { type: "string", description: "the folder of the program (default: this folder)" } as const;
const files = { type: "strings", description: "YAML, JSON or Terraform files, or folders", required: true } as const;

/**
 * A path of a call as it is. An agent works in the folder where this server was started, and what it is told to read elsewhere, such as
 * by a text that somebody planted, would come back to it in a message.
 * @throws UserError for a path that leads out of that folder, also by a link
 */
function inside(path: string): string {
    const full = resolve(path);
    const root = realpathSync(process.cwd());
    if (!isWithin(root, existsSync(full) ? realpathSync(full) : full)) {
        const fix = "start gcp-invoke mcp in a folder that holds it";
        throw new UserError(`${path} is outside of ${root}, where this server was started`, { fix });
    }
    return path;
}

const directoryOf = (given: Given): string => inside(given.text("directory") ?? ".");
const own = (given: Given): string[] => ["--", directoryOf(given)];
const filesOf = (given: Given): string[] => ["--", ...given.texts("files").map(inside)];

/**
 * The folder of a program that the sandbox has. Without it, the command would ask Google Cloud as the person at this machine.
 * @throws UserError if the sandbox does not have it
 */
function deployed(given: Given): string {
    const folder = resolve(directoryOf(given));
    if (sandboxDeployment(folder, undefined) === undefined) {
        throw new UserError(`nothing of ${folder} is deployed to the sandbox`, { fix: "call up first" });
    }
    return folder;
}

export const TOOLS: Readonly<Record<string, Tool>> = {
    preview: {
        description: "show what an update of a Pulumi program would do in the sandbox, a local Google Cloud",
        takes: { directory },
        readOnly: true,
        command: (given) => ["sandbox", "preview", "--diff", ...own(given)],
    },
    up: {
        description: "deploy a Pulumi program to the sandbox, with its smoke checks; nothing reaches Google Cloud",
        takes: { directory },
        readOnly: false,
        command: (given) => ["sandbox", "up", ...own(given)],
    },
    verify: {
        description: "run the smoke checks of the program that was deployed to the sandbox again",
        takes: { directory, only: { type: "string", description: "a part of the names of the checks that are run" } },
        readOnly: false,
        command: (given) => {
            const only = given.text("only");
            return ["verify", ...(only === undefined ? [] : [`--only=${only}`]), "--", deployed(given)];
        },
    },
    explain: {
        description:
            "say whether a member may do something in the sandbox, by which binding, or which grant is missing",
        takes: {
            member: { type: "string", description: "serviceAccount:EMAIL, user:EMAIL or allUsers", required: true },
            permission: { type: "string", description: "such as run.routes.invoke", required: true },
            resource: {
                type: "string",
                description: "//run.googleapis.com/projects/P/locations/L/services/S",
                required: true,
            },
        },
        readOnly: true,
        command: (given) => [
            ...["sandbox", "explain", "--"],
            ...["member", "permission", "resource"].map((name) => given.text(name) ?? ""),
        ],
    },
    who: {
        description: "tell who may call what the program deployed, by every role, group and condition",
        takes: { directory, target: { type: "string", description: "the name of a component (default: all of them)" } },
        readOnly: true,
        command: (given) => {
            const target = given.text("target");
            return ["who", `--dir=${deployed(given)}`, ...(target === undefined ? [] : ["--", target])];
        },
    },
    decisions: {
        description: "list whom the sandbox allowed or denied what, and why",
        takes: { denied: { type: "boolean", description: "only what was denied" } },
        readOnly: true,
        command: (given) => ["sandbox", "decisions", ...(given.is("denied") ? ["--denied"] : [])],
    },
    audit: {
        description: "find missing, wrong and leaking credentials in definitions of Google Cloud Workflows",
        takes: { files },
        readOnly: true,
        command: (given) => ["audit", ...filesOf(given)],
    },
    inject: {
        description: "show the auth sections that definitions of Google Cloud Workflows lack; it changes no file",
        takes: { files },
        readOnly: true,
        command: (given) => ["inject", ...filesOf(given)],
    },
};

/** A tool as the protocol lists it, with the JSON Schema of its arguments. */
export function listed([name, { description, takes, readOnly }]: [string, Tool]): object {
    const properties = Object.fromEntries(
        Object.entries(takes).map(([key, { type, description: text }]) => [
            key,
            type === "strings"
                ? { type: "array", items: { type: "string" }, minItems: 1, description: text }
                : { type, description: text },
        ]),
    );
    const required = Object.entries(takes).flatMap(([key, each]) => (each.required === true ? [key] : []));
    return {
        ...{ name, description },
        inputSchema: { type: "object", properties, required, additionalProperties: false },
        annotations: { readOnlyHint: readOnly, destructiveHint: false, openWorldHint: false },
    };
}

/**
 * Checks the arguments of a call.
 * @throws UserError that names what is wrong, and what is allowed
 */
export function givenTo(name: string, { takes }: Tool, values: Record<string, unknown>): Given {
    for (const [key, value] of Object.entries(values)) {
        const { type } = takes[key] ?? {};
        if (type === undefined) {
            throw new UserError(`${name} takes no ${key}`, { fix: `it takes ${Object.keys(takes).join(", ")}` });
        }
        const texts = [value].flat().every((one) => typeof one === "string" && one !== "");
        const fits =
            type === "boolean" ? typeof value === "boolean" : texts && Array.isArray(value) === (type === "strings");
        if (!fits) {
            throw new UserError(`${key} of ${name} is ${JSON.stringify(value)}`, { fix: `give ${WORDS[type]}` });
        }
    }
    for (const [key, { required, type }] of Object.entries(takes)) {
        const value = values[key];
        if (required === true && (value === undefined || (Array.isArray(value) && value.length === 0))) {
            throw new UserError(`${key} of ${name} is missing`, { fix: `give ${WORDS[type]}` });
        }
    }
    return {
        text: (key) => values[key] as string | undefined,
        texts: (key) => (values[key] as string[] | undefined) ?? [],
        is: (key) => values[key] === true,
    };
}

const WORDS = { string: "a text", strings: "a list of texts", boolean: "true or false" };
