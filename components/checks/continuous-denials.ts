import { build } from "../../workflow";
import { DENIED_AUDIENCE } from "../../common";

/** A Cloud Run service that must let in nobody but its callers, as the workflow checks it. */
export interface GuardedService {
    key: string;
    /** The variable that holds its URL. */
    urlVariable: string;
    /** The REST URL of the service. */
    resource: string;
    /** The full name of the workflow that sends from inside what must be denied. */
    insideWorkflow: string;
    /** The bindings that its policy may have: the role, and the member in lower case. */
    bindings: string[];
    /** What its ingress may be, in the words of the API. */
    ingress: string[];
}

const { and, assign, call, choose, concat, contains, forEach, gt, init, lib, ne, not, or, raise, set } = build;
const { eq, variableOf, when } = build;

const executions = "https://workflowexecutions.googleapis.com/v1/";

/** The calls that a service must deny, with what the workflow inside is told of each. */
const denials = [
    { what: "a call without a token", credential: "none", status: 403 },
    { what: "a broken token", credential: "broken", status: 401 },
    { what: "a token for another audience", credential: "token", audience: DENIED_AUDIENCE, status: 401 },
    { what: "a token of an account without a grant", credential: "token", status: 403 },
];

/** Steps that execute a workflow whose account has no grant. It sends a service what must be denied, and the steps check the statuses. */
export function deniedSteps({ key, urlVariable, insideWorkflow }: GuardedService): build.StepLike[] {
    const url = lib.sys.getEnv(urlVariable);
    return denials.flatMap(({ what, credential, audience = url, status }, index) => {
        const name = `${key}_denied_${index + 1}`;
        const argument = variableOf<object>(`${name}_argument`);
        const wanted = JSON.stringify([status, status, status]);
        return [
            assign(`${name}_prepare`, set(argument, { url, credential, audience })),
            ...executionSteps(name, insideWorkflow, lib.json.encodeToString(argument), (returned) => {
                const found = lib.json.encodeToString(lib.map.get(returned, "statuses"));
                const message = concat(`${what} must be denied with ${wanted}, and the statuses were `, found);
                return [choose(`${name}_compare`, when(ne(found, wanted), [raise(`${name}_let_in`, { message })]))];
            }),
        ];
    });
}

/** Roles that let nobody call a service, and change nothing. */
const HARMLESS = ["roles/run.viewer", "roles/viewer", "roles/iam.securityReviewer"];

interface Binding {
    role: string;
    members: string[];
}

/** Steps that read a service and its policy, and compare both with what the program declares. */
export function policySteps({ key, resource, bindings, ingress }: GuardedService): build.StepLike[] {
    const name = (step: string) => `${key}_policy_${step}`;
    const service = call<{ body: object }>(name("service"), "http.get", { url: resource });
    const read = call<{ body: object }>(name("read"), "http.get", {
        url: `${resource}:getIamPolicy?options.requestedPolicyVersion=3`,
    });
    const unchecked = lib.map.get<boolean>(service.result.get("body"), "invokerIamDisabled");
    const reached = lib.map.get<string>(service.result.get("body"), "ingress");
    const declared = init(name("init"), { [name("known")]: bindings, [name("harmless")]: HARMLESS });
    const [known, harmless] = [variableOf<object>(name("known")), variableOf<object>(name("harmless"))];
    const [strangers, reaches] = [variableOf<string[]>(name("strangers")), variableOf<object>(name("reaches"))];
    const none = variableOf<Binding[]>(name("none"));
    const found = lib.default(lib.map.get<Binding[]>(read.result.get("body"), "bindings"), none);
    return [
        declared,
        assign(name("start"), set(strangers, []), set(reaches, ingress), set(none, [])),
        service,
        read,
        choose(
            name("door"),
            when(lib.default(unchecked, false), [
                raise(name("open"), { message: "its invoker check is switched off (invokerIamDisabled)" }),
            ]),
            when(not(contains(reaches, lib.default(reached, "unknown"))), [
                raise(name("wider"), { message: concat("its ingress is ", lib.default(reached, "unknown")) }),
            ]),
        ),
        forEach(name("bindings"), found, name("binding"), (binding) => [
            forEach(name("members"), binding.get("members"), name("member"), (member) => {
                const entry = concat(binding.get("role"), " ", lib.text.toLower(member));
                const isHarmless = or(
                    contains(harmless, binding.get("role")),
                    lib.text.matchRegex(member, "^deleted:"),
                );
                const isStranger = and(not(contains(known, entry)), not(isHarmless));
                return [
                    choose(
                        name("look"),
                        when(isStranger, [assign(name("note"), set(strangers, lib.list.concat(strangers, entry)))]),
                    ),
                ];
            }),
        ]),
        choose(
            name("judge"),
            when(gt(lib.len(strangers), 0), [
                raise(name("strangers_found"), {
                    message: concat(
                        "its policy has bindings that nobody declared: ",
                        lib.json.encodeToString(strangers),
                    ),
                }),
            ]),
        ),
    ];
}

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
