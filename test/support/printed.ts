import { strict as assert } from "node:assert";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv, { type ValidateFunction } from "ajv";
import type { PrintedJson } from "../../cli/printed-json";

type Schema = keyof PrintedJson;

/** How a command prints what has a schema: as one document, or one line each. */
interface Form {
    schema: Schema;
    lines?: true;
    /** Whether it prints JSON without being asked to. */
    always?: true;
}

const event: Form = { schema: "event", lines: true };

/** The commands that print JSON, with the schema of it. */
export const FORMS: Readonly<Record<string, Form>> = {
    audit: { schema: "audit" },
    graph: { schema: "graph" },
    verify: { schema: "verify" },
    who: { schema: "who" },
    "sandbox apis": { schema: "apis" },
    "sandbox config list": { schema: "config" },
    "sandbox console": { schema: "console" },
    "sandbox decisions": { schema: "decision", lines: true },
    "sandbox destroy": event,
    "sandbox executions": { schema: "execution", lines: true },
    "sandbox fault": { schema: "fault", lines: true, always: true },
    "sandbox invoke": { schema: "execution", lines: true },
    "sandbox logs": { schema: "log-line", lines: true },
    "sandbox mutate": { schema: "mutate" },
    "sandbox outputs": { schema: "outputs", always: true },
    "sandbox preview": { schema: "preview" },
    "sandbox refresh": event,
    "sandbox reports": { schema: "report", lines: true },
    "sandbox roles": { schema: "roles" },
    "sandbox serve": { schema: "ready", lines: true },
    "sandbox state": { schema: "state", always: true },
    "sandbox status": { schema: "status", always: true },
    "sandbox up": event,
};

const ajv = new Ajv({ allErrors: true });
const compiled = new Map<Schema, ValidateFunction>();

/** What is wrong with a value by a schema. */
export function faultsOf(schema: Schema, value: unknown): string[] {
    let validate = compiled.get(schema);
    if (validate === undefined) {
        const file = join(__dirname, "..", "..", "schemas", "printed", `${schema}.json`);
        validate = ajv.compile(JSON.parse(readFileSync(file, "utf8")) as object);
        compiled.set(schema, validate);
    }
    void validate(JSON.parse(JSON.stringify(value)));
    return (validate.errors ?? []).map(
        ({ dataPath, message, params }) => `${dataPath} ${message ?? ""} ${JSON.stringify(params)}`,
    );
}

/** @throws AssertionError if a value is not as its schema says, or the schema does not know all of it */
export function assertPrinted(schema: Schema, value: unknown): void {
    assert.deepEqual(faultsOf(schema, value), [], `${schema} of ${JSON.stringify(value)}`);
}

/**
 * Compares what a command printed with its schema, if it was asked for JSON.
 * @throws AssertionError if it is not as the schema says
 */
export function checkPrinted(args: readonly string[], printed: string): void {
    const words = args.slice(0, args.indexOf("--") < 0 ? undefined : args.indexOf("--"));
    const plain = ` ${words.filter((word) => !word.startsWith("-")).join(" ")} `;
    // The longest, because `sandbox` may be the folder after -C.
    const [command = "", form] = Object.entries(FORMS).findLast(([name]) => plain.includes(` ${name} `)) ?? [];
    const asked = /(^| )(--json|-j|(--format|-f)[ =]json)( |$)/.test(words.join(" "));
    if (form === undefined || printed === "" || words.includes("--import") || !(asked || form.always === true)) {
        return;
    }
    // An update prints the digest of its preview first.
    const [, digest, rest = printed] = (command === "sandbox up" && /^(\{\n[^]*?\n\}\n)([^]*)$/.exec(printed)) || [];
    if (digest !== undefined) {
        assertPrinted("preview", JSON.parse(digest));
    }
    const schema = words.includes("--may") ? "may" : form.schema;
    for (const text of form.lines === true ? rest.trim().split("\n").filter(Boolean) : [rest]) {
        assertPrinted(schema, JSON.parse(text));
    }
}
