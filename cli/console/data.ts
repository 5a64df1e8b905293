import type { CallGraph } from "../../access/graph";
import type { LogLine } from "../../sandbox";
import type { ControlClient } from "../../sandbox/light";
import { isObject, readPrivateJson } from "../../common";
import { existsSync } from "node:fs";
import { stateName } from "../../engine/light";
import { graphOf, sourcesOfSandbox } from "../graph";
import { findExecution, type GeneratedSource, generatedSources, keptExecutions, type StateFolder } from "../sandbox";
import { executionRow, executionView } from "./execution-view";
import type { Batch, ExecutionView, Overview, ServiceView } from "./view";

/** How many executions are listed. */
const MOST_EXECUTIONS = 100;

/** What the console shows: what the running sandbox tells, and what is kept in its state folder. */
export class ConsoleData {
    constructor(
        private readonly client: ControlClient,
        private readonly folder: StateFolder,
    ) {}

    async overview(): Promise<Overview> {
        const [status, { onTheWay }, { faults }] = await Promise.all([
            this.client.call("GET", "/v1/status"),
            this.client.call("GET", "/v1/grants"),
            this.client.call("GET", "/v1/faults"),
        ]);
        const executions = keptExecutions(this.folder).slice(-MOST_EXECUTIONS).reverse();
        return {
            project: String(status.project),
            time: String(status.time),
            propagationMilliseconds: Number(status.propagationMilliseconds),
            onTheWay: onTheWay as Overview["onTheWay"],
            faults: faults as Overview["faults"],
            graph: this.graph(),
            services: await this.services(String(status.project)),
            executions: executions.map(executionRow),
        };
    }

    async batch(afterDecision: number, afterLine: number): Promise<Batch> {
        const [{ decisions }, { lines }] = await Promise.all([
            this.client.call("GET", "/v1/decisions", { after: afterDecision }),
            this.client.call("GET", "/v1/logs", { after: afterLine }),
        ]);
        return { decisions: decisions as Batch["decisions"], lines: lines as LogLine[] };
    }

    async execution(id: string): Promise<ExecutionView> {
        const { lines } = await this.client.call("GET", "/v1/logs");
        return executionView(findExecution(this.folder, id), lines as LogLine[], this.sources());
    }

    /** Executes the workflow of an execution again, with the same argument. */
    async repeat(id: string): Promise<{ status: number }> {
        const { name, argument } = findExecution(this.folder, id);
        const url = `https://workflowexecutions.googleapis.com/v1/${name.replace(/\/executions\/.*$/, "")}/executions`;
        const answer = await this.client.call("POST", "/v1/request", { method: "POST", url, body: { argument } });
        return { status: Number(answer.status) };
    }

    private graph(): CallGraph {
        const deployment = this.deployed();
        return deployment === undefined
            ? { nodes: [], edges: [], notes: ["nothing is deployed: run `gcp-invoke sandbox up DIRECTORY`"] }
            : graphOf(sourcesOfSandbox({ folder: this.folder, deployment }));
    }

    private deployed(): ReturnType<StateFolder["lastDeployment"]> {
        const last = this.folder.lastDeployment();
        return last && existsSync(this.folder.file("stacks", stateName(last.project, last.stack))) ? last : undefined;
    }

    private sources(): GeneratedSource[] {
        const last = this.deployed();
        const state =
            last && readPrivateJson(this.folder.file("stacks", stateName(last.project, last.stack)), "deploy again");
        const { deployment } = (state ?? {}) as { deployment?: { resources?: Parameters<typeof generatedSources>[0] } };
        return generatedSources((deployment?.resources ?? []).filter(({ outputs }) => isObject(outputs)));
    }

    private async services(project: string): Promise<ServiceView[]> {
        const url = `https://run.googleapis.com/v2/projects/${project}/locations/-/services`;
        const { body } = await this.client.call("POST", "/v1/request", { method: "GET", url });
        const { services = [] } = (body ?? {}) as { services?: { name: string; uri?: string }[] };
        return services.map(({ name, uri = "" }) => ({ name, label: name.slice(name.lastIndexOf("/") + 1), uri }));
    }
}
