import { accountUrl, rolesOnProject } from "../../access";
import { build } from "../../workflow";
import { type GuardedService, type GuardedSigner, isTried } from "./continuous-denials";

const {
    and,
    assign,
    attempt,
    call,
    choose,
    concat,
    contains,
    forEach,
    gt,
    init,
    lib,
    not,
    or,
    raise,
    set,
    variableOf,
    when,
} = build;

/** A project whose policy holds for services that are guarded. */
export interface GuardedProject {
    /** Its ID. */
    project: string;
    /** Members that may call each of its services, in lower case. */
    members: string[];
}

/** The projects of some services, each with those who may call all services that are in it. */
export function projectsOf(services: readonly GuardedService[]): GuardedProject[] {
    const ofProject = (project: string) => services.filter((each) => projectOf(each) === project);
    return [...new Set(services.map(projectOf))].map((project) => {
        const lists = ofProject(project).map(({ bindings }) => bindings.map((entry) => entry.replace(/^\S+ /, "")));
        const [first = [], ...others] = lists;
        return { project, members: [...new Set(first)].filter((each) => others.every((list) => list.includes(each))) };
    });
}

const projectOf = ({ resource }: GuardedService): string => /\/projects\/([^/]+)/.exec(resource)?.[1] ?? "";

/** What no run of the check looks at, in words. `gcp-invoke verify` does. */
export const notRead = (guarded: readonly GuardedService[]): string[] => [
    "the policies of folders and of the organization (gcp-invoke verify reads them)",
    "who may act as the accounts of the callers (gcp-invoke verify finds out)",
    ...guarded.flatMap((each) => [
        ...(each.document === undefined
            ? []
            : [`the document of Cloud Endpoints that ${each.key} serves (gcp-invoke verify reads it)`]),
        ...(isTried(each)
            ? []
            : [`what ${each.key} denies (smokeCheck: { endpoints: { path } } of the service says where to try it)`]),
    ]),
];

interface Binding {
    role: string;
    members: string[];
}

/**
 * Steps that read the policy of a project, and fail if a role there lets in somebody whom nobody declared. Administrators of the
 * project may call by their roles, as everywhere. What cannot be told is added to `unknown`.
 */
export function projectSteps(
    { project, members }: GuardedProject,
    index: number,
    unknown: build.Variable<unknown[]>,
): build.StepLike[] {
    const name = (step: string) => `project_${index + 1}_${step}`;
    const listOf = (what: string) => variableOf<object>(name(what));
    const { callers, harmless } = rolesOnProject();
    const read = call<{ body: object }>(name("read"), "http.post", {
        url: `https://cloudresourcemanager.googleapis.com/v1/projects/${project}:getIamPolicy`,
        body: { options: { requestedPolicyVersion: 3 } },
    });
    const [known, calling, other] = [listOf("known"), listOf("calling"), listOf("other")];
    const strangers = variableOf<string[]>(name("strangers"));
    const [bindings, none] = [variableOf<Binding[]>(name("all")), variableOf<Binding[]>(name("none"))];
    const found = lib.map.get<Binding[]>(read.result.get("body"), "bindings");
    const number = lib.sys.getEnv("GOOGLE_CLOUD_PROJECT_NUMBER");
    const agent = concat(
        concat(concat("^serviceaccount:(service-", number), concat("@[a-z0-9-]+[.]iam|", number)),
        "@cloudservices)[.]gserviceaccount[.]com$|^deleted:",
    );
    const ignored = variableOf<string>(name("ignored"));
    const unread = `the policy of project ${project}, which readsProject: true lets the check read (roles/iam.securityReviewer on the project): `;
    const note = (step: string, what: build.Value<string>) =>
        assign(name(step), set(unknown, lib.list.concat(unknown, what)));
    return [
        init(name("init"), { [name("known")]: members, [name("calling")]: callers, [name("other")]: harmless }),
        assign(name("start"), set(strangers, []), set(none, []), set(ignored, agent)),
        attempt(name("try"), [read, assign(name("found"), set(bindings, lib.default(found, none)))], {
            except: (error) => [
                note("unread", concat(unread, error.get("message"))),
                assign(name("empty"), set(bindings, none)),
            ],
        }),
        forEach(name("bindings"), bindings, name("binding"), (binding) => [
            forEach(name("members"), binding.get("members"), name("member"), (member) => {
                const role = binding.get("role");
                const lower = lib.text.toLower(member);
                const entry = concat(concat(role, " "), lower);
                const isFine = or(contains(known, lower), lib.text.matchRegex(lower, ignored));
                const isNeither = not(or(contains(calling, role), contains(other, role)));
                return [
                    choose(
                        name("look"),
                        when(not(isFine), [
                            choose(
                                name("role"),
                                when(contains(calling, role), [
                                    assign(name("note"), set(strangers, lib.list.concat(strangers, entry))),
                                ]),
                                when(isNeither, [
                                    note("unclear", concat(`what a role on project ${project} allows: `, entry)),
                                ]),
                            ),
                        ]),
                    ),
                ];
            }),
        ]),
        choose(
            name("judge"),
            when(gt(lib.len(strangers), 0), [
                raise(name("strangers_found"), {
                    message: concat(
                        `the policy of project ${project} lets in others than the declared callers: `,
                        lib.json.encodeToString(strangers),
                    ),
                }),
            ]),
        ),
    ];
}

/** Roles on an account by which nobody signs, and nobody changes who may. */
const HARMLESS_ON_ACCOUNTS = ["roles/iam.serviceAccountViewer", "roles/viewer", "roles/iam.securityReviewer"];

/**
 * Steps that read the policies of the accounts whose tokens a document takes, and fail if somebody has a role there whom nobody
 * declared. A policy that the check may not read is added to `unknown`.
 */
export const signerSteps = ({ key, document }: GuardedService, unknown: build.Variable<unknown[]>): build.StepLike[] =>
    (document?.signers ?? []).flatMap((signer, index) => stepsOfSigner(`${key}_signer_${index + 1}`, signer, unknown));

function stepsOfSigner(
    prefix: string,
    { email, bindings, callers }: GuardedSigner,
    unknown: build.Variable<unknown[]>,
): build.StepLike[] {
    const name = (step: string) => `${prefix}_${step}`;
    const listOf = (what: string) => variableOf<object>(name(what));
    const read = call<{ body: object }>(name("read"), "http.post", {
        url: `${accountUrl(email)}:getIamPolicy?options.requestedPolicyVersion=3`,
    });
    const [known, anyRole, harmless] = [listOf("known"), listOf("callers"), listOf("harmless")];
    const strangers = variableOf<string[]>(name("strangers"));
    const [all, none] = [variableOf<Binding[]>(name("all")), variableOf<Binding[]>(name("none"))];
    const found = lib.default(lib.map.get<Binding[]>(read.result.get("body"), "bindings"), none);
    const unread = `who may sign as ${email}, whose policy readsProject: true lets the check read in its own project: `;
    return [
        init(name("init"), {
            [name("known")]: bindings,
            [name("callers")]: callers,
            [name("harmless")]: HARMLESS_ON_ACCOUNTS,
        }),
        assign(name("start"), set(strangers, []), set(none, [])),
        attempt(name("try"), [read, assign(name("found"), set(all, found))], {
            except: (error) => [
                assign(
                    name("unread"),
                    set(unknown, lib.list.concat(unknown, concat(unread, error.get("message")))),
                    set(all, none),
                ),
            ],
        }),
        forEach(name("bindings"), all, name("binding"), (binding) => [
            forEach(name("members"), binding.get("members"), name("member"), (member) => {
                const lower = lib.text.toLower(member);
                const entry = concat(concat(binding.get("role"), " "), lower);
                const isDeclared = or(contains(known, entry), contains(anyRole, lower));
                const isHarmless = or(
                    contains(harmless, binding.get("role")),
                    lib.text.matchRegex(member, "^deleted:"),
                );
                return [
                    choose(
                        name("look"),
                        when(and(not(isDeclared), not(isHarmless)), [
                            assign(name("note"), set(strangers, lib.list.concat(strangers, entry))),
                        ]),
                    ),
                ];
            }),
        ]),
        choose(
            name("judge"),
            when(gt(lib.len(strangers), 0), [
                raise(name("strangers_found"), {
                    message: concat(
                        `the policy of ${email}, whose tokens get in, has bindings that nobody declared: `,
                        lib.json.encodeToString(strangers),
                    ),
                }),
            ]),
        ),
    ];
}
