import { build } from "../../workflow";
import { deniedSteps, executionSteps, type GuardedService, isTried, policySteps } from "./continuous-denials";
import { notRead, projectsOf, projectSteps, signerSteps } from "./continuous-policies";

/** A request that must be let in, as the workflow makes it. */
export interface CheckedRequest {
    key: string;
    /** The variable that holds the receiver's URL. */
    urlVariable: string;
    path: string;
    status: number;
    result: unknown;
}

/** A workflow that must succeed, as the workflow that checks executes it. */
export interface ExecutedWorkflow {
    key: string;
    /** `projects/P/locations/L/workflows/W`. */
    workflow: string;
    argument: unknown;
    result: unknown;
}

const { assign, attempt, call, choose, concat, gt, give, lib, ne, raise, set, variableOf, when } = build;

type Failures = build.Variable<unknown[]>;

/**
 * The source of a workflow that makes each check, notes which of them failed, writes that to Cloud Logging, and fails if one
 * did.
 *
 * @param check The name that each entry of the log carries.
 * @param log The ID of the log in the project.
 */
export function continuousSource(
    check: string,
    log: string,
    requests: readonly CheckedRequest[],
    workflows: readonly ExecutedWorkflow[],
    guarded: readonly GuardedService[],
): string {
    const failures: Failures = variableOf<unknown[]>("failures");
    const unknown = variableOf<unknown[]>("unknown");
    const failed = gt(lib.len(failures), 0);
    const write = call("write", "http.post", {
        url: "https://logging.googleapis.com/v2/entries:write",
        body: {
            logName: concat("projects/", lib.sys.getEnv("GOOGLE_CLOUD_PROJECT_ID"), `/logs/${log}`),
            resource: { type: "global" },
            entries: [
                {
                    severity: lib.if(failed, "ERROR", lib.if(gt(lib.len(unknown), 0), "WARNING", "INFO")),
                    jsonPayload: { check, failures, unknown, ...(guarded.length > 0 && { notRead: notRead(guarded) }) },
                },
            ],
        },
    });
    return build
        .workflow({
            steps: [
                assign("init", set(failures, []), set(unknown, [])),
                ...requests.map((each) => noted(each.key, each.key, failures, requestSteps(each))),
                ...workflows.map((each) => noted(each.key, each.key, failures, workflowSteps(each))),
                ...guarded.flatMap((each) => [
                    ...(isTried(each)
                        ? [noted(`${each.key}_denied`, `${each.key}: denied`, failures, deniedSteps(each))]
                        : []),
                    noted(`${each.key}_policy`, `${each.key}: nobody else`, failures, policySteps(each)),
                    ...signersOf(each, failures, unknown),
                ]),
                ...projectsOf(guarded).map((each, index) =>
                    noted(
                        `project_${index + 1}`,
                        `project ${each.project}: nobody else`,
                        failures,
                        projectSteps(each, index, unknown),
                    ),
                ),
                write,
                choose(
                    "verdict",
                    when(failed, [
                        raise("fail", {
                            message: concat(`${check} failed: `, lib.json.encodeToString(failures)),
                            failures,
                        }),
                    ]),
                ),
                give("done", "passed"),
            ],
        })
        .toYaml();
}

/** Notes whether somebody else may sign the tokens that a document takes. */
function signersOf(service: GuardedService, failures: Failures, unknown: build.Variable<unknown[]>): build.StepLike[] {
    const steps = signerSteps(service, unknown);
    return steps.length === 0
        ? []
        : [noted(`${service.key}_signers`, `${service.key}: nobody else signs`, failures, steps)];
}

/** Notes a check that fails, so that the next ones are made all the same. */
function noted(key: string, check: string, failures: Failures, steps: build.StepLike[]): build.StepLike {
    const entry = variableOf<object>("entry");
    return attempt(key, steps, {
        except: (error) => [
            assign(
                `${key}_failed`,
                set(entry, { check, error: error.get("message") }),
                set(failures, lib.list.concat(failures, entry)),
            ),
        ],
    });
}

function requestSteps({ key, urlVariable, path, status, result }: CheckedRequest): build.StepLike[] {
    const get = call<{ code: number; body: object }>(`${key}_get`, "http.get", {
        url: concat(lib.sys.getEnv(urlVariable), path),
        timeout: 60,
    });
    const answer = get.result;
    const request = attempt(`${key}_try`, [get], { retry: "default" });
    const wrongStatus = raise(`${key}_status`, { message: `expected status ${status}` });
    return [
        request,
        choose(`${key}_judge`, when(ne(answer.get("code"), status), [wrongStatus])),
        ...differences(key, answer.get("body"), result),
    ];
}

function workflowSteps({ key, workflow, argument, result }: ExecutedWorkflow): build.StepLike[] {
    const given = argument === undefined ? undefined : JSON.stringify(argument);
    return executionSteps(key, workflow, given, (returned) => differences(key, returned, result));
}

/** Steps that compare each value that must be there. They compare JSON, because Workflows compares no lists and no maps. */
function differences(key: string, answer: build.Expr<object>, wanted: unknown): build.StepLike[] {
    return leaves(wanted).map(([path, value], index) => {
        const found = lib.json.encodeToString(path.length === 0 ? answer : lib.map.get(answer, ...path));
        const at = path.length === 0 ? "the answer" : path.join(".");
        const message = concat(`expected ${at} to be ${JSON.stringify(value)}, found `, found);
        const name = `${key}_expect_${index + 1}`;
        return choose(name, when(ne(found, JSON.stringify(value)), [raise(`${name}_failed`, { message })]));
    });
}

/** The innermost values of an expectation, each with the keys that lead to it. */
function leaves(wanted: unknown, path: string[] = []): [path: string[], value: unknown][] {
    if (wanted === undefined) {
        return [];
    }
    if (typeof wanted !== "object" || wanted === null || Array.isArray(wanted)) {
        return [[path, wanted]];
    }
    return Object.entries(wanted).flatMap(([key, inner]) => leaves(inner, [...path, key]));
}
