import { strict as assert } from "node:assert";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runInThisContext } from "node:vm";
import * as pulumi from "@pulumi/pulumi";
import ts from "typescript";
import { type EngineEvent, openStack, type Stack } from "../../engine";
import { Sandbox } from "../../sandbox";

const page = readFileSync(join(__dirname, "..", "..", "docs", "migrate.md"), "utf8");
const load = createRequire(__filename);
const SOURCE = `main:
    steps:
        - reserve:
              call: http.post
              args:
                  url: \${sys.get_env("ORDERS_URL") + "/reserve"}
                  auth: { type: OIDC, audience: '\${sys.get_env("ORDERS_URL")}' }
`;
const SERVICE = "https://run.googleapis.com/v2/projects/demo/locations/europe-west1/services/orders";
const CALLERS = ["fulfil-run", "nightly-run"];

type Program = (require: NodeJS.Require, exports: object) => void;

/** The code of the page with a name, such as `before.ts`. */
function sample(name: string): string {
    const [, code = ""] = new RegExp(`\`\`\`ts ${name}\\n([\\s\\S]*?)\`\`\``).exec(page) ?? [];
    assert.notEqual(code, "", `the page has no ${name}`);
    return code;
}

/** The first names that the page's aliases take over. */
const formerNames = [...sample("after.ts").matchAll(/takesOver\(\{([^}]*)\}\)/g)].flatMap(([, pairs = ""]) =>
    [...pairs.matchAll(/: "([^"]+)"/g)].map(([, name = ""]) => name),
);

describe("docs/migrate.md", function () {
    this.timeout(240_000);
    const before = sample("before.ts");
    const after = sample("after.ts");
    let folder: string;
    let sandbox: Sandbox;
    let stack: Stack;
    let code: string;
    let events: EngineEvent[];
    /** Called after each change of the stack that Google Cloud has seen. */
    let afterRequest: () => Promise<void>;

    beforeEach(async () => {
        folder = mkdtempSync(join(tmpdir(), "migrate-"));
        writeFileSync(join(folder, "fulfil.yaml"), SOURCE);
        events = [];
        afterRequest = () => Promise.resolve();
        sandbox = await Sandbox.start({ project: "demo" });
        stack = await openStack({
            program: () => {
                run(code);
                return Promise.resolve({});
            },
            config: { "gcp:project": "demo", "gcp-invoke:smoke": "off" },
            stateDirectory: join(folder, "stacks"),
            onEvent: (event) => events.push(event),
            request: async (method, url, body, headers) => {
                const answer = await sandbox.request(method, url, { body, ...(headers && { headers }) });
                if (method !== "GET") {
                    await afterRequest();
                }
                return answer;
            },
        });
    });
    afterEach(async () => {
        await sandbox.close();
        rmSync(folder, { recursive: true, force: true });
        pulumi.runtime.setAllConfig({});
    });

    function run(text: string): void {
        const source = text.replaceAll(`"fulfil.yaml"`, JSON.stringify(join(folder, "fulfil.yaml")));
        const options = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022, esModuleInterop: true };
        const { outputText } = ts.transpileModule(source, { compilerOptions: options });
        const program = runInThisContext(`(require, exports) => {${outputText}\n}`) as Program;
        program(load, {});
    }

    async function up(program: string): Promise<void> {
        code = program;
        events.length = 0;
        const { result, diagnostics } = await stack.up();
        assert.equal(result, "succeeded", diagnostics.map(({ message }) => message).join("\n"));
    }

    /** What the last operation does to resources of Google Cloud beside leaving and updating them. */
    const planned = (): string[] =>
        events.flatMap((event) =>
            event.type === "step" &&
            event.phase === "done" &&
            event.step.type.startsWith("gcp:") &&
            !["same", "update"].includes(event.step.operation)
                ? [`${event.step.operation} ${event.step.name}`]
                : [],
        );

    async function mayCall(accountId: string): Promise<boolean> {
        const { body } = await sandbox.request("GET", `${SERVICE}:getIamPolicy`);
        const { bindings = [] } = body as { bindings?: { role: string; members: string[] }[] };
        const member = `serviceAccount:${accountId}@demo.iam.gserviceaccount.com`;
        return bindings.some(({ role, members }) => role === "roles/run.invoker" && members.includes(member));
    }

    const ids = (): string[] =>
        stack.resources
            .filter(({ type }) => type.startsWith("gcp:"))
            .map(({ type, id }) => `${type} ${id ?? ""}`)
            .sort();

    it("moves every resource into its component, replaces and deletes none, and never ends an access", async () => {
        await up(before);
        const had = ids();
        assert.equal(had.length, formerNames.length);
        afterRequest = async () => {
            for (const account of CALLERS) {
                assert.ok(await mayCall(account), `${account} lost its access`);
            }
        };
        code = after;
        events.length = 0;
        await stack.preview();
        assert.deepEqual(planned(), []);
        await up(after);
        assert.deepEqual(planned(), []);
        assert.deepEqual(ids(), had);
        assert.ok(
            stack.resources.every(({ type, urn }) => !type.startsWith("gcp:") || urn.includes("pulumi-gcp-invoke:")),
        );
        // Without the aliases nothing happens any more.
        await up(after.replace("{ aliases: [alias] }", "{}"));
        assert.deepEqual(Object.keys((await stack.up()).changes), ["same"]);
    });

    it("needs each of its aliases: without one, a resource would be deleted", async () => {
        await up(before);
        for (const name of formerNames) {
            code = after.replace(`"${name}"`, `"another-name"`);
            events.length = 0;
            await stack.preview();
            assert.ok(planned().includes(`delete ${name}`), `${name}: ${planned().join(", ")}`);
        }
    });

    // Google's provider takes away the whole role with a binding that is not retained. Our engine keeps what the new grants give.
    for (const option of [", { retainOnDelete: true }", ""]) {
        it(`keeps accesses by a binding${option === "" ? ", also without retainOnDelete in this engine" : " with retainOnDelete"}`, async () => {
            const grant = /ServiceIamMember\("clock-may-call", \{([^}]*)member: (memberOf\(clock\)),\s*\}\)/;
            assert.match(before, grant);
            const binding = `ServiceIamBinding("binding", {$1members: [$2, memberOf(caller)] }${option})`;
            await up(before.replace(grant, binding));
            assert.deepEqual(await Promise.all(CALLERS.map(mayCall)), [true, true]);
            await up(after);
            assert.deepEqual(await Promise.all(CALLERS.map(mayCall)), [true, true]);
        });
    }
});
