import { defined } from "../../../common";
import { ApiError } from "../../cloud";
import { deployError, parseWorkflow, validateWorkflow } from "../../../workflow";
import { checkActAs, defaultServiceAccount } from "../act-as";
import {
    createOperations,
    crud,
    locationMethods,
    invalidArgument,
    nameParts,
    page,
    Resources,
    uid,
    type ApiDefinition,
    type Call,
    type Stored,
    type Json,
} from "../framework";
import { checkKeyUse } from "../kms";

export type Workflow = Stored<
    "google.cloud.workflows.v1.Workflow",
    "name" | "revisionId" | "serviceAccount" | "sourceContents"
>;

const TYPE = "workflows.googleapis.com/Workflow";
export const workflowResources = new Resources<Workflow>("workflows.workflows", "google.cloud.workflows.v1.Workflow");
/** Every revision by `WORKFLOW@REVISION`. An execution keeps the revision with which it started. */
const workflowRevisions = new Resources<Workflow>("workflows.revisions", "google.cloud.workflows.v1.Workflow");
const operations = createOperations("workflows", "v1", "workflows.operations.get");
/** https://cloud.google.com/workflows/quotas */
const LARGEST_SOURCE = 128 * 1024;
const MOST_VARIABLES = 20;
/** Bytes of a variable's name, and of its value. */
const LONGEST_VARIABLE = 4 * 1024;
const WRITABLE = [
    "description",
    "labels",
    "serviceAccount",
    "sourceContents",
    "cryptoKeyName",
    "callLogLevel",
    "userEnvVars",
    "executionHistoryLevel",
    "tags",
];
/** The fields whose changes make a new revision. A new description or label makes none. */
const REVISED = [
    "serviceAccount",
    "sourceContents",
    "cryptoKeyName",
    "userEnvVars",
    "callLogLevel",
    "executionHistoryLevel",
];

/** https://cloud.google.com/workflows/docs/reference/rest/v1/projects.locations.workflows */
export const workflows: ApiDefinition = {
    host: "workflows.googleapis.com",
    unverified: ["the wording of errors in a source is this sandbox's own"],
    services: {
        "google.cloud.workflows.v1.Workflows": {
            ...crud({
                resources: workflowResources,
                singular: "Workflow",
                permissions: "workflows.workflows",
                resourceType: TYPE,
                idField: "workflowId",
                writable: WRITABLE,
                build: deploy,
                changed: keepRevision,
                deleted(call, name) {
                    removeRevisions(call, name);
                    call.cloud.signals.emit({ kind: "workflow", name });
                },
                operations: {
                    operations,
                    type: "google.cloud.workflows.v1.Workflow",
                    metadata: "google.cloud.workflows.v1.OperationMetadata",
                },
            }),
            GetWorkflow: {
                permission: "workflows.workflows.get",
                resourceType: TYPE,
                handle: ({ name, revisionId }, { cloud }) =>
                    revisionId === undefined
                        ? workflowResources.get(cloud, name)
                        : workflowRevisions.get(cloud, `${name}@${revisionId}`),
            },
            ListWorkflowRevisions: {
                permission: "workflows.workflows.listRevision",
                resourceType: TYPE,
                handle(request, { cloud }) {
                    const { name } = workflowResources.get(cloud, request.name);
                    const revisions = cloud.store.list(workflowRevisions.collection, `${name}@`);
                    return page(
                        "workflows",
                        revisions.map(([, value]) => value as Workflow),
                        request,
                    );
                },
            },
        },
        "google.cloud.location.Locations": locationMethods("v1"),
        "google.longrunning.Operations": operations.service,
    },
};

function keepRevision({ cloud }: Call, workflow: Workflow): void {
    workflowRevisions.put(cloud, `${workflow.name}@${workflow.revisionId}`, workflow);
}

function removeRevisions({ cloud: { store } }: Call, workflow: string): void {
    for (const [key] of store.list(workflowRevisions.collection, `${workflow}@`)) {
        store.delete(workflowRevisions.collection, key);
    }
}

function deploy(call: Call, name: string, wanted: Partial<Workflow>, current: Workflow | undefined): Workflow {
    const { time } = call;
    const { projects: project = "" } = nameParts(name);
    const email = wanted.serviceAccount?.replace(/^.*\//, "") ?? defaultServiceAccount(call, project);
    const { sourceContents = "", userEnvVars } = wanted;
    checkSource(sourceContents);
    checkVariables(userEnvVars);
    checkActAs(call, email);
    checkKeyUse(call.cloud, "workflows", name, wanted.cryptoKeyName);
    const workflow = { ...wanted, serviceAccount: `projects/${project}/serviceAccounts/${email}` };
    const isRevised = !current || REVISED.some((field) => !same(field, workflow, current));
    return {
        ...workflow,
        name,
        sourceContents,
        state: "ACTIVE",
        revisionId: isRevised ? nextRevision(current?.revisionId) : current.revisionId,
        createTime: current?.createTime ?? time,
        updateTime: time,
        ...(isRevised ? { revisionCreateTime: time } : defined({ revisionCreateTime: current.revisionCreateTime })),
    };
}

function same(field: string, a: Json, b: Json): boolean {
    return JSON.stringify(a[field]) === JSON.stringify(b[field]);
}

/** `000001-a4d`: a counter and three random hexadecimal digits. */
function nextRevision(current = "000000-"): string {
    return `${String(Number.parseInt(current, 10) + 1).padStart(6, "0")}-${uid().slice(0, 3)}`;
}

/** @throws ApiError INVALID_ARGUMENT naming the first place in the source that a deploy refuses */
function checkSource(source: string): void {
    if (source === "") {
        throw invalidArgument("source_contents: the workflow has no source", "workflow.source_contents");
    }
    if (Buffer.byteLength(source) > LARGEST_SOURCE) {
        throw invalidArgument(`source_contents: larger than ${LARGEST_SOURCE} bytes`, "workflow.source_contents");
    }
    const refused = deployError(validateWorkflow(parseWorkflow(source, { file: "main.workflows.yaml" })));
    if (refused !== undefined) {
        throw new ApiError("INVALID_ARGUMENT", refused);
    }
}

/** https://cloud.google.com/workflows/docs/use-environment-variables */
function checkVariables(variables: Record<string, string> = {}): void {
    const names = Object.keys(variables);
    if (names.length > MOST_VARIABLES) {
        throw invalidArgument(
            `user_env_vars: ${names.length} variables, at most ${MOST_VARIABLES}`,
            "workflow.user_env_vars",
        );
    }
    const long = Object.entries(variables).find((pair) =>
        pair.some((text) => Buffer.byteLength(text) > LONGEST_VARIABLE),
    );
    if (long !== undefined) {
        throw invalidArgument(
            `user_env_vars: the variable "${long[0].slice(0, 100)}" is longer than ${LONGEST_VARIABLE} bytes`,
            "workflow.user_env_vars",
        );
    }
    const bad = names.find((name) => !/^[a-zA-Z_][a-zA-Z0-9_]*$/.test(name) || /^(GOOGLE|WORKFLOWS)_?/.test(name));
    if (bad !== undefined) {
        throw invalidArgument(`user_env_vars: the name "${bad}" is not valid or is reserved`, "workflow.user_env_vars");
    }
}
