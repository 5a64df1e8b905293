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
    /** What its document of Cloud Endpoints denies, if that decides who gets in and not IAM. */
    document?: GuardedDocument;
}

/** An account whose tokens a document of Cloud Endpoints takes, so that whoever may sign as it gets in. */
export interface GuardedSigner {
    email: string;
    /** The bindings that its policy may have: the role, and the member in lower case. */
    bindings: string[];
    /** Members that may have any role on it, in lower case. */
    callers: string[];
}

/** What a document of Cloud Endpoints denies. */
export interface GuardedDocument {
    /** A path that asks for a token, if one is declared. */
    path?: string;
    /** An audience that it takes. */
    audience: string;
    /** Whether it takes the ID tokens of every Google account. */
    takesEverybody: boolean;
    /** The accounts whose own tokens it takes. */
    signers: GuardedSigner[];
}

const { and, assign, call, choose, concat, contains, forEach, gt, init, lib, ne, not, or, raise, set } = build;
const { eq, variableOf, when } = build;

const executions = "https://workflowexecutions.googleapis.com/v1/";

/** A call that a service must deny, with what the workflow inside is told of it. */
interface Denial {
    what: string;
    credential: "none" | "broken" | "token";
    audience?: string;
    status: number;
}

/** What Cloud Run's front door denies. */
const DENIALS: Denial[] = [
    { what: "a call without a token", credential: "none", status: 403 },
    { what: "a broken token", credential: "broken", status: 401 },
    { what: "a token for another audience", credential: "token", audience: DENIED_AUDIENCE, status: 401 },
    { what: "a token of an account without a grant", credential: "token", status: 403 },
];

/** What ESPv2 denies by a document. Where every Google account gets in, the backends decide about those. */
const deniedByDocument = ({ audience, takesEverybody }: GuardedDocument): Denial[] => [
    { what: "a call without a token", credential: "none", status: 401 },
    { what: "a broken token", credential: "broken", audience, status: 401 },
    {
        ...{ what: "a token for another audience", credential: "token", audience: DENIED_AUDIENCE },
        status: takesEverybody ? 403 : 401,
    },
    ...(takesEverybody
        ? []
        : [{ what: "an ID token of Google's", credential: "token", audience, status: 401 } as const]),
];

/** Whether it is known where a service denies: a document may have operations that ask for no token. */
export const isTried = ({ document }: GuardedService): boolean => document === undefined || document.path !== undefined;

/** Steps that execute a workflow whose account has no grant. It sends a service what must be denied, and the steps check the statuses. */
export function deniedSteps({ key, urlVariable, insideWorkflow, document }: GuardedService): build.StepLike[] {
    const root = lib.sys.getEnv(urlVariable);
    const url = document?.path === undefined ? root : concat(root, document.path);
    const denials = document === undefined ? DENIALS : deniedByDocument(document);
    return denials.flatMap(({ what, credential, audience = root, status }, index) => {
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
export function policySteps({ key, resource, bindings, ingress, document }: GuardedService): build.StepLike[] {
    const name = (step: string) => `${key}_policy_${step}`;
    const service = call<{ body: object }>(name("service"), "http.get", { url: resource });
    const read = call<{ body: object }>(name("read"), "http.get", {
        url: `${resource}:getIamPolicy?options.requestedPolicyVersion=3`,
    });
    const unchecked = lib.map.get<boolean>(service.result.get("body"), "invokerIamDisabled");
    const reached = lib.map.get<string>(service.result.get("body"), "ingress");
    // A proxy of Cloud Endpoints is open to everybody at Cloud Run's own front door, by a grant or without the invoker check.
    const declared = init(name("init"), {
        [name("known")]: document === undefined ? bindings : [...bindings, "roles/run.invoker allusers"],
        [name("harmless")]: HARMLESS,
    });
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
            ...(document === undefined
                ? [
                      when(lib.default(unchecked, false), [
                          raise(name("open"), { message: "its invoker check is switched off (invokerIamDisabled)" }),
                      ]),
                  ]
                : []),
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
