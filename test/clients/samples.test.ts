import { strict as assert } from "node:assert";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Sandbox } from "../../sandbox";
import { skip } from "../support/skip";

interface Sample {
    name: string;
    language: string;
}
interface Samples {
    documents: string;
    samples: (url: string) => Sample[] | undefined;
    trySample: (
        sandbox: Sandbox,
        sample: Sample,
        folder: string,
        env: NodeJS.ProcessEnv,
    ) => Promise<string | undefined>;
}
interface World {
    mapping: string;
    prepare: (sandbox: Sandbox) => Promise<{ member: string; env: Record<string, string> }>;
}
const load = createRequire(__filename);
const { documents, samples, trySample } = load("../../scripts/clients-samples.cjs") as Samples;
const { mapping, prepare } = load("../../scripts/clients-world.cjs") as World;

/** How deep a line of the documents' YAML stands: their plain text has lost the indentation. */
const DEPTHS: Record<string, number> = {
    call: 3,
    args: 3,
    url: 6,
    query: 6,
    auth: 6,
    firstNumber: 9,
    secondNumber: 9,
    operation: 9,
    type: 9,
    scopes: 9,
    audience: 9,
};

/** Every workflow of the documents, each in its own language, with the page's escapes and mark-up taken away. */
function workflows(language: "yaml" | "json"): string[] {
    return readdirSync(documents)
        .map((file) => readFileSync(join(documents, file), "utf8"))
        .flatMap((text) => [...text.matchAll(new RegExp(`\`\`\`${language}(.*?)\`\`\``, "gs"))])
        .map(([, sample = ""]) =>
            sample
                .replaceAll("\\n", "\n")
                .replaceAll('\\"', '"')
                .replaceAll(/\\u003c.*?\\u003e/g, ""),
        );
}

function indented(yaml: string): string {
    return yaml
        .split("\n")
        .map((line) => line.trim())
        .map((line) => " ".repeat(DEPTHS[/^\w+/.exec(line)?.[0] ?? ""] ?? 0) + line)
        .join("\n");
}

describe("the samples of Google's documents, with nothing changed but the URL (read from beside the checkout)", () => {
    let sandbox: Sandbox;
    let told: Record<string, string>;
    let env: NodeJS.ProcessEnv;
    before(async function () {
        if (!existsSync(documents)) {
            skip(this, `reads ${documents}, which is not beside this checkout`);
        }
        sandbox = await Sandbox.start({ mapping });
        const { member, env: own } = await prepare(sandbox);
        told = own;
        env = { ...(await sandbox.clientEnvironment({ as: member })), ...told };
    });
    // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- the hook above may have skipped
    after(() => sandbox?.close());

    for (const language of ["node", "curl"]) {
        it(`call a service and get tokens in ${language}`, async () => {
            const own = (samples(told.SERVICE_URL ?? "") ?? []).filter((sample) => sample.language === language);
            assert.ok(own.length > 0);
            for (const sample of own) {
                assert.equal(await trySample(sandbox, sample, "", env), undefined, sample.name);
            }
        });
    }

    for (const language of ["yaml", "json"] as const) {
        it(`call a service and an API from a workflow, in ${language}`, async () => {
            const found = workflows(language).map(language === "yaml" ? indented : String);
            assert.ok(found.length > 1);
            for (const [at, text] of found.entries()) {
                // What the page asks its reader to fill in, and the URLs: those of what is there.
                const source = text
                    .replace("OAUTH_SCOPE", "https://www.googleapis.com/auth/cloud-platform")
                    .replace("OIDC_AUDIENCE", told.SERVICE_URL ?? "")
                    .replace("https://us-central1-project.cloudfunctions.net/functionA", told.SERVICE_URL ?? "")
                    .replace(
                        /https:\/\/compute\.googleapis\.com[^\s"]*/,
                        `https://workflowexecutions.googleapis.com/v1/${told.WORKFLOW ?? ""}/executions`,
                    );
                assert.equal(await execute(`${language}-${at}`, source), "SUCCEEDED", source);
            }
        });
    }

    async function execute(id: string, sourceContents: string): Promise<string> {
        const [, project = "", , location = ""] = (told.WORKFLOW ?? "").split("/");
        const parent = `projects/${project}/locations/${location}`;
        const call = async (method: string, url: string, body?: unknown): Promise<Record<string, string>> => {
            const answer = await sandbox.request(method, url, { body });
            assert.equal(answer.status, 200, JSON.stringify(answer.body));
            return answer.body as Record<string, string>;
        };
        await call("POST", `https://workflows.googleapis.com/v1/${parent}/workflows?workflowId=${id}`, {
            sourceContents,
            serviceAccount: told.CALLER,
        });
        const executions = "https://workflowexecutions.googleapis.com/v1";
        let execution = await call("POST", `${executions}/${parent}/workflows/${id}/executions`, {});
        for (let i = 0; i < 2000 && execution.state === "ACTIVE"; i++) {
            await sleep(25);
            execution = await call("GET", `${executions}/${execution.name ?? ""}`);
        }
        return `${execution.state ?? ""}${execution.state === "FAILED" ? ` ${JSON.stringify(execution)}` : ""}`;
    }
});
