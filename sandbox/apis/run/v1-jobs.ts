import {
    alreadyExists,
    isObject,
    message as protoOf,
    notFound,
    parse,
    policyRoutes,
    print,
    shortName,
    unimplemented,
    type Call,
    type Json,
    type Route,
    type RouteRequest,
} from "../framework";
import { executions, jobs, startExecution } from "./executions";
import { deployJob, jobPolicies, removeExecutions } from "./jobs";
import { fromKnativeJob, toKnativeExecution, toKnativeJob } from "./knative-jobs";
import { objectOf } from "./knative-containers";
import { DELETE_PARAMETERS, LIST_PARAMETERS, parentOf, regionOf, selected } from "./v1-place";

const NAMESPACE = "/apis/run.googleapis.com/v1/namespaces/{namespace}";
const JOB = "run.googleapis.com/Job";
/** https://cloud.google.com/run/docs/audit-logging */
const AUDITED: Record<string, string> = {
    "run.jobs.create": "google.cloud.run.v1.Jobs.CreateJob",
    "run.jobs.update": "google.cloud.run.v1.Jobs.ReplaceJob",
    "run.jobs.delete": "google.cloud.run.v1.Jobs.DeleteJob",
    "run.jobs.run": "google.cloud.run.v1.Jobs.RunJob",
    "run.executions.delete": "google.cloud.run.v1.Executions.DeleteExecution",
    "run.executions.cancel": "google.cloud.run.v1.Executions.CancelExecution",
};
const SUCCESS = { apiVersion: "v1", kind: "Status", status: "Success" };

type Handler = (request: RouteRequest, call: Call) => Json;

/** Jobs and their executions by the older API, which gcloud uses. https://cloud.google.com/run/docs/reference/rest/v1/namespaces.jobs */
export const jobRoutes: Route[] = [
    route("GET", "/jobs", "run.jobs.list", (request, call) => {
        const items = jobs.list(call.cloud, parentOf(request, call.cloud)).map((job) => toKnativeJob(job, call));
        return { apiVersion: "run.googleapis.com/v1", kind: "JobList", metadata: {}, items };
    }),
    route("POST", "/jobs", "run.jobs.create", (request, call) => {
        const { name } = objectOf(request.json.metadata);
        const full = `${regionOf(request, call.cloud)}/jobs/${String(name)}`;
        if (jobs.find(call.cloud, full)) {
            throw alreadyExists(full);
        }
        return deploy(request, call, full);
    }),
    route("GET", "/jobs/{job}", "run.jobs.get", (request, call) => toKnativeJob(jobIn(request, call), call)),
    route("PUT", "/jobs/{job}", "run.jobs.update", (request, call) => deploy(request, call, jobIn(request, call).name)),
    route("DELETE", "/jobs/{job}", "run.jobs.delete", (request, call) => {
        const { name } = jobs.delete(call.cloud, jobIn(request, call).name);
        call.cloud.iam.deletePolicy(`//run.googleapis.com/${name}`);
        removeExecutions(call, name);
        return SUCCESS;
    }),
    route("POST", "/jobs/{job}:run", "run.jobs.run", (request, call) => {
        const input = protoOf("google.cloud.run.v2.RunJobRequest");
        const { overrides } = request.json;
        const asked = print(
            input,
            parse(input, isObject(overrides) ? { overrides: fromKnativeOverrides(overrides) } : {}),
        );
        const job = jobIn(request, call);
        if (asked.overrides !== undefined) {
            call.authorize("run.jobs.runWithOverrides", job.name, JOB);
        }
        const operation = startExecution(call, job, asked.overrides as Parameters<typeof startExecution>[2], false);
        const { name } = objectOf(operation.response ?? operation.metadata);
        return toKnativeExecution(executions.get(call.cloud, String(name)), call);
    }),
    route("GET", "/executions", "run.executions.list", (request, call) => {
        const all = executions.list(call.cloud, `${parentOf(request, call.cloud)}/jobs/-`);
        const items = selected(
            all.map((execution) => toKnativeExecution(execution, call)),
            request.query,
        );
        return { apiVersion: "run.googleapis.com/v1", kind: "ExecutionList", metadata: {}, items };
    }),
    route("GET", "/executions/{execution}", "run.executions.get", (request, call) =>
        toKnativeExecution(executionIn(request, call), call),
    ),
    route("DELETE", "/executions/{execution}", "run.executions.delete", (request, call) => {
        executions.delete(call.cloud, executionIn(request, call).name);
        return SUCCESS;
    }),
    route("POST", "/executions/{execution}:cancel", "run.executions.cancel", (request, call) => {
        executionIn(request, call);
        throw unimplemented("namespaces.executions.cancel of Cloud Run's older API");
    }),
    ...policyRoutes(
        jobPolicies,
        "/v1/{resource=projects/*/locations/*/jobs/*}",
        ({ resource = "" }) => resource,
        "google.cloud.run.v1.Jobs",
    ),
];

function route(verb: Route["verb"], path: string, permission: string, handle: Handler): Route {
    return {
        verb,
        path: NAMESPACE + path,
        permission,
        audited: AUDITED[permission] ?? permission,
        ...(path.startsWith("/jobs") && { resourceType: JOB }),
        parameters:
            verb === "DELETE"
                ? DELETE_PARAMETERS
                : path === "/executions"
                  ? LIST_PARAMETERS
                  : path === "/jobs" && verb === "GET"
                    ? ["limit"]
                    : [],
        resource: (request, cloud) => {
            const parent = parentOf(request, cloud);
            const { job } = request.params;
            return job === undefined ? parent.replace("/locations/-", "") : `${parent}/jobs/${job}`;
        },
        handle,
    };
}

function jobIn(request: RouteRequest, { cloud }: Call): ReturnType<typeof jobs.get> {
    return jobs.get(cloud, `${parentOf(request, cloud)}/jobs/${request.params.job ?? ""}`);
}

function executionIn(request: RouteRequest, { cloud }: Call): ReturnType<typeof executions.get> {
    const { execution = "" } = request.params;
    const all = executions.list(cloud, `${parentOf(request, cloud)}/jobs/-`);
    const found = all.find(({ name }) => shortName(name) === execution);
    if (!found) {
        throw notFound(execution);
    }
    return found;
}

function deploy(request: RouteRequest, call: Call, name: string): Json {
    // The request is checked as a request of the newer API.
    const input = protoOf("google.cloud.run.v2.Job");
    const wanted = print(input, parse(input, { ...fromKnativeJob(request.json) }));
    const job = deployJob(call, name, wanted, jobs.find(call.cloud, name));
    return toKnativeJob(jobs.put(call.cloud, name, job), call);
}

/** The timeout is in seconds here. */
function fromKnativeOverrides({ timeoutSeconds, ...overrides }: Json): Json {
    return { ...overrides, ...(timeoutSeconds !== undefined && { timeout: `${Number(timeoutSeconds)}s` }) };
}
