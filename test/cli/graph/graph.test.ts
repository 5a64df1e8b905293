import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CallGraph } from "../../../access/graph";
import { command } from "../../support/command";

const urn = (type: string, name: string): string => `urn:pulumi:dev::shop::${type}::${name}`;
const service = urn("pulumi-gcp-invoke:index:InvokableService", "orders");
const workflow = urn("pulumi-gcp-invoke:index:AuthenticatedWorkflow", "fulfil");
const place = { project: "demo", location: "l" };
const account = "fulfil-1@demo.iam.gserviceaccount.com";
const grantType = "gcp:cloudrunv2/serviceIamMember:ServiceIamMember";
const grant = (name: string, member: string, more: object = {}): object => ({
    ...{
        urn: urn(`pulumi-gcp-invoke:index:AuthenticatedWorkflow$${grantType}`, name),
        type: grantType,
        parent: workflow,
    },
    ...{ outputs: { ...place, name: "orders-1", role: "roles/run.invoker", member }, ...more },
});
const resources = [
    { urn: service, type: "pulumi-gcp-invoke:index:InvokableService" },
    { urn: workflow, type: "pulumi-gcp-invoke:index:AuthenticatedWorkflow" },
    {
        ...{ urn: `${service}$s`, type: "gcp:cloudrunv2/service:Service", parent: service },
        outputs: { ...place, name: "orders-1", template: { serviceAccount: "orders-1@demo.iam.gserviceaccount.com" } },
    },
    {
        ...{ urn: `${workflow}$w`, type: "gcp:workflows/workflow:Workflow", parent: workflow },
        outputs: {
            project: "demo",
            region: "l",
            name: "fulfil-1",
            serviceAccount: `projects/demo/serviceAccounts/${account}`,
        },
    },
    grant("fulfil-orders", `serviceAccount:${account}`),
    grant("gone", "user:gone@example.com", { delete: true }),
    {
        urn: urn(grantType, "own"),
        type: grantType,
        outputs: { ...place, name: "orders-1", role: "roles/run.invoker", member: "allUsers" },
    },
];

describe("gcp-invoke graph", () => {
    let folder: string;
    before(() => {
        folder = mkdtempSync(join(tmpdir(), "graph-"));
        writeFileSync(join(folder, "state.json"), JSON.stringify({ version: 3, deployment: { resources } }));
        writeFileSync(join(folder, "no-state.json"), "{}");
        mkdirSync(join(folder, "reports"));
        const target = "https://run.googleapis.com/v2/projects/demo/locations/l/services/orders-1";
        const grants = [
            { member: `serviceAccount:${account}`, role: "roles/run.invoker", resource: target, label: "orders" },
        ];
        const probe = {
            name: "fulfil → orders",
            kind: "workflow",
            verdict: "passed",
            target: "fulfil",
            grants,
            got: "Bearer ya29.secret-token",
        };
        const report = { version: 1, name: "fulfil", project: "demo", verdict: "passed", probes: [probe], untried: [] };
        writeFileSync(join(folder, "reports", "fulfil.json"), JSON.stringify(report), { mode: 0o600 });
    });
    after(() => rmSync(folder, { recursive: true }));

    const graph = (...args: string[]) => command(folder, ["graph", "--state", join(folder, "state.json"), ...args]);
    const edges = async (...args: string[]): Promise<string[]> => {
        const { code, text } = await graph("--format", "json", ...args);
        assert.equal(code, 0, text);
        const { nodes, edges: all } = JSON.parse(text) as CallGraph;
        const label = (id: string) => nodes.find((node) => node.id === id)?.label;
        return all.map(({ from, to, state }) => `${label(from)} → ${label(to)}: ${state}`).sort();
    };

    it("draws what a state declares by the names of the program, and nothing that waits to be deleted", async () => {
        assert.deepEqual(await edges(), ["everybody → orders: untried", "fulfil → orders: untried"]);
    });

    it("says which call a report proves", async () => {
        assert.deepEqual(await edges("--evidence", join(folder, "reports")), [
            "everybody → orders: untried",
            "fulfil → orders: proven",
        ]);
    });

    it("writes several formats at once, with no token in any", async () => {
        const formats = [
            "--format",
            `svg=${join(folder, "g.svg")}`,
            "--format",
            `html=${join(folder, "g.html")}`,
            "--format",
            "mermaid",
        ];
        const { code, text } = await graph("--evidence", join(folder, "reports"), ...formats);
        assert.equal(code, 0, text);
        assert.match(text, /^flowchart LR\n/);
        const files = ["g.svg", "g.html"].map((name) => readFileSync(join(folder, name), "utf8"));
        assert.match(files[0] ?? "", /^<svg /);
        assert.match(files[1] ?? "", /default-src 'none'/);
        assert.doesNotMatch([text, ...files].join(), /ya29/);
    });

    it("refuses what is no state, no folder and no format, and says what is", async () => {
        const noState = await command(folder, ["graph", "--state", join(folder, "no-state.json")]);
        assert.equal(noState.code, 1);
        assert.match(noState.text, /no state of a stack.*pulumi stack export/s);
        const noFolder = await graph("--evidence", "nowhere");
        assert.equal(noFolder.code, 2);
        assert.match(noFolder.text, /there is no folder nowhere/);
        const noFormat = await graph("--format", "png");
        assert.equal(noFormat.code, 2);
        assert.match(noFormat.text, /mermaid, svg, html, json/);
    });
});
