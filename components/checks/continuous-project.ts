import { rolesOnProject } from "../../access";
import { build } from "../../workflow";
import { type GuardedService, isTried } from "./continuous-denials";

const {
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
