import { ApiError } from "../cloud";
import type { Execution, Executions } from "../senders/executions";
import { invalidArgument, method, notFound, page, type ApiDefinition, type Json, type RouteRequest } from "./framework";
import { workflowResources } from "./workflows";

type Named = { name: string };

/** Google's limit for an argument. https://cloud.google.com/workflows/quotas */
const largestArgument = 512 * 1024;

const workflowOf = (name: string): string =>
    `//workflows.googleapis.com/${name.replace(/\/executions\/.*$/, "").replace(/\/executions$/, "")}`;
const onWorkflow = (verb: string) => ({
    permission: `workflows.executions.${verb}`,
    resource: ({ name, parent }: { name?: string; parent?: string }) => workflowOf(parent ?? name ?? ""),
    resourceType: "workflows.googleapis.com/Workflow",
});

/** The short view, which lists give unless they are asked for more. */
function basic({ argument: _, result: __, ...execution }: Execution): Json {
    return execution;
}

/** https://cloud.google.com/workflows/docs/reference/executions/rest */
export function createExecutionsApi(executions: Executions): ApiDefinition {
    const { resources } = executions;
    const callbackPath = "/v1/{name=projects/*/locations/*/workflows/*/executions/*/callbacks/*}";
    return {
        host: "workflowexecutions.googleapis.com",
        services: {
            "google.cloud.workflows.executions.v1.Executions": {
                CreateExecution: method<{ parent: string; execution?: Json & { argument?: string; labels?: Json } }>({
                    ...onWorkflow("create"),
                    handle({ parent, execution = {} }, { cloud }) {
                        const workflow = workflowResources.get(cloud, parent);
                        const { argument } = execution;
                        if (argument !== undefined && Buffer.byteLength(argument) > largestArgument)
                            throw invalidArgument(
                                `argument is larger than ${largestArgument} bytes`,
                                "execution.argument",
                            );
                        try {
                            return executions.start(workflow, execution);
                        } catch (error) {
                            const message = error instanceof Error ? error.message : String(error);
                            throw argument !== undefined && !isJson(argument)
                                ? invalidArgument(`argument is no JSON: ${message}`, "execution.argument")
                                : new ApiError("FAILED_PRECONDITION", `the workflow cannot run: ${message}`);
                        }
                    },
                }),
                GetExecution: method<Named & { view?: string }>({
                    ...onWorkflow("get"),
                    handle({ name, view }, { cloud }) {
                        const execution = resources.get(cloud, name);
                        return view === "BASIC" ? basic(execution) : execution;
                    },
                }),
                ListExecutions: method<{
                    parent: string;
                    view?: string;
                    filter?: string;
                    pageSize?: number;
                    pageToken?: string;
                }>({
                    ...onWorkflow("list"),
                    handle(request, { cloud }) {
                        const { parent, view, filter = "" } = request;
                        const wanted = /^\s*(?:state\s*=\s*"?([A-Z]+)"?)?\s*$/.exec(filter);
                        if (!wanted)
                            throw invalidArgument(`the sandbox filters by state="…" only, not by ${filter}`, "filter");
                        const found = resources
                            .list(cloud, `${parent}/executions`)
                            .filter(({ state }) => wanted[1] === undefined || wanted[1] === state)
                            .sort((a, b) => b.startTime.localeCompare(a.startTime));
                        return page("executions", view === "FULL" ? found : found.map(basic), request);
                    },
                }),
                CancelExecution: method<Named>({
                    ...onWorkflow("cancel"),
                    async handle({ name }, { cloud }) {
                        const { state } = resources.get(cloud, name);
                        if (!(await executions.cancel(name)))
                            throw new ApiError("FAILED_PRECONDITION", `the execution has ended: it is ${state}`);
                        return resources.get(cloud, name);
                    },
                }),
            },
        },
        routes: [
            {
                verb: "GET",
                path: "/v1/{parent=projects/*/locations/*/workflows/*/executions/*}/callbacks",
                permission: "workflows.callbacks.list",
                resource: ({ params }) => workflowOf(params.parent ?? ""),
                handle: ({ params }) => ({ callbacks: executions.callbacks.list(params.parent ?? "") }),
            },
            ...(["GET", "POST", "PUT", "PATCH", "DELETE"] as const).map((verb) => ({
                verb,
                path: callbackPath,
                permission: "workflows.callbacks.send",
                resource: ({ params }: RouteRequest) => workflowOf(params.name ?? ""),
                handle({ params, query, headers, body }: RouteRequest): Json {
                    const name = params.name ?? "";
                    const text = body.toString();
                    const delivered = executions.callbacks.deliver(name, {
                        method: verb,
                        url: `/v1/${name}`,
                        headers: Object.fromEntries(
                            Object.entries(headers)
                                .filter(([key]) => key !== "authorization")
                                .map(([key, value]) => [canonical(key), String(value)]),
                        ),
                        query: Object.fromEntries(query),
                        body:
                            headers["content-type"]?.startsWith("application/json") && isJson(text)
                                ? (JSON.parse(text) as unknown)
                                : text,
                        receivedAt: executions.now(),
                    });
                    if (!delivered) throw notFound(name);
                    return {};
                },
            })),
        ],
        unverified: ["executions are named with the project that the request names, its ID or its number"],
    };
}

function canonical(header: string): string {
    return header.replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase());
}

function isJson(text: string): boolean {
    try {
        JSON.parse(text);
        return true;
    } catch {
        return false;
    }
}
