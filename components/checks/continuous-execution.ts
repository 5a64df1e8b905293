import { build } from "../../workflow";

const { call, choose, concat, eq, lib, ne, or, raise, set, assign, variableOf, when } = build;

const executions = "https://workflowexecutions.googleapis.com/v1/";

/** Steps that execute a workflow, wait for its end, and fail if it did not succeed. */
export function executionSteps(
    key: string,
    workflow: string,
    argument: build.Value<string> | undefined,
    withResult: (returned: build.Expr<object>) => build.StepLike[],
): build.StepLike[] {
    const start = call<{ body: { name: string } }>(`${key}_start`, "http.post", {
        url: `${executions}${workflow}/executions`,
        body: argument === undefined ? {} : { argument },
    });
    const look = call<{ body: { state: string; result: string } }>(`${key}_look`, "http.get", {
        url: concat(executions, start.result.get("body").get("name")),
    });
    const state = look.result.get("body").get("state");
    const wait = build.then(call(`${key}_wait`, "sys.sleep", { seconds: 1 }), look);
    const wrongState = raise(`${key}_state`, { message: concat("the execution ended as ", state) });
    const returned = variableOf<object>(`${key}_returned`);
    const more = withResult(returned);
    return [
        start,
        look,
        choose(
            `${key}_judge`,
            when(or(eq(state, "ACTIVE"), eq(state, "QUEUED")), [wait]),
            when(ne(state, "SUCCEEDED"), [wrongState]),
        ),
        ...(more.length === 0
            ? []
            : [
                  assign(`${key}_decode`, set(returned, lib.json.decode(look.result.get("body").get("result")))),
                  ...more,
              ]),
    ];
}
