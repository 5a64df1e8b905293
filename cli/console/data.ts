import type { CallGraph } from "../../access/graph";
import type { LogLine } from "../../sandbox";
import type { ControlClient } from "../../sandbox/light";
import { isObject, readPrivateJson } from "../../common";
import { graphOf, sourcesOfSandbox } from "../graph";
import {
    type Deployment,
    findExecution,
    type GeneratedSource,
    generatedSources,
    keptExecutions,
    nameOfStack,
    type StateFolder,
} from "../sandbox";
import { executionRow, executionView } from "./execution-view";
import { ALL_STACKS, type Batch, type ExecutionView, type Overview, type ServiceView } from "./view";

/** How many executions are listed. */
const MOST_EXECUTIONS = 100;

/** What the console shows: what the running sandbox tells, and what is kept in its state folder. */
export class ConsoleData {
    constructor(
        private readonly client: ControlClient,
        private readonly folder: StateFolder,
    ) {}

    /** @param stack the stack to draw, or `all`. @default - the one that was deployed last */
    async overview(stack?: string): Promise<Overview> {
        const [status, { onTheWay }, { faults }] = await Promise.all([
            this.client.call("GET", "/v1/status"),
            this.client.call("GET", "/v1/grants"),
            this.client.call("GET", "/v1/faults"),
        ]);
        const stacks = this.folder.deployments();
        const drawn = stack ?? (stacks[0] && nameOfStack(stacks[0]));
        const executions = keptExecutions(this.folder).slice(-MOST_EXECUTIONS).reverse();
        return {
            project: String(status.project),
            time: String(status.time),
            propagationMilliseconds: Number(status.propagationMilliseconds),
            onTheWay: onTheWay as Overview["onTheWay"],
            faults: faults as Overview["faults"],
            stacks: stacks.map(nameOfStack),
            ...(drawn !== undefined && { stack: drawn }),
            graph: this.graph(stacks, drawn),
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

    private graph(stacks: readonly Deployment[], drawn: string | undefined): CallGraph {
        const chosen = stacks.filter((each) => drawn === ALL_STACKS || drawn === nameOfStack(each));
        if (chosen.length > 0) {
            return graphOf(sourcesOfSandbox(this.folder, chosen));
        }
        const note =
            stacks.length === 0
                ? "nothing is deployed: run `gcp-invoke sandbox up DIRECTORY`"
                : `no stack ${drawn ?? ""} is deployed: choose another one`;
        return { nodes: [], edges: [], notes: [note] };
    }

    private sources(): GeneratedSource[] {
        return this.folder.deployments().flatMap((each) => {
            const state = readPrivateJson(this.folder.stateOf(each), "deploy again");
            const { deployment } = (state ?? {}) as {
                deployment?: { resources?: Parameters<typeof generatedSources>[0] };
            };
            return generatedSources((deployment?.resources ?? []).filter(({ outputs }) => isObject(outputs)));
        });
    }

    private async services(project: string): Promise<ServiceView[]> {
        const url = `https://run.googleapis.com/v2/projects/${project}/locations/-/services`;
        const { body } = await this.client.call("POST", "/v1/request", { method: "GET", url });
        const { services = [] } = (body ?? {}) as { services?: { name: string; uri?: string }[] };
        return services.map(({ name, uri = "" }) => ({ name, label: name.slice(name.lastIndexOf("/") + 1), uri }));
    }
}
