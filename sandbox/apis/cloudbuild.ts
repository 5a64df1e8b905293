import { type Call, type Cloud, type Json, type Route, type RouteRequest } from "../cloud";
import { projectNumberOf } from "../iam";
import { checkActAs } from "./act-as";
import {
    alreadyExists,
    checkId,
    invalidArgument,
    Resources,
    uid,
    unimplemented,
    type ApiDefinition,
} from "./framework";

/** A trigger of builds. The sandbox keeps what a client says of it, and builds nothing. */
interface Trigger extends Json {
    id: string;
    name: string;
    resourceName: string;
}

const triggers = new Resources<Trigger>("cloudbuild.triggers");
const PATH = "/v1/projects/{project}/locations/{location}/triggers";

/** What can start a build: at least one of them. */
const STARTS = [
    ..."bitbucketServerTriggerConfig developerConnectEventConfig github gitlabEnterpriseEventsConfig".split(" "),
    ..."pubsubConfig repositoryEventConfig sourceToBuild triggerTemplate webhookConfig".split(" "),
];

const parentOf = ({ params: { project = "", location = "" } }: RouteRequest): string =>
    `projects/${project}/locations/${location}`;

function found(request: RouteRequest, cloud: Cloud): Trigger {
    const { trigger = "" } = request.params;
    const known = triggers.list(cloud, `${parentOf(request)}/triggers`);
    return (
        known.find(({ name }) => name === trigger) ?? triggers.get(cloud, `${parentOf(request)}/triggers/${trigger}`)
    );
}

/**
 * Checks what is asked for. Whoever makes a trigger must be allowed to act as the account that its builds run as.
 * https://cloud.google.com/build/docs/securing-builds/configure-user-specified-service-accounts
 */
function store(request: RouteRequest, call: Call, current: Trigger | undefined): Trigger {
    const { name, serviceAccount, filename, build, gitFileSource, autodetect } = {
        ...current,
        ...request.json,
    } as Json;
    if (typeof name !== "string") {
        throw invalidArgument("trigger name is required", "trigger.name");
    }
    checkId(
        name,
        /^[A-Za-z\d]([\w-]{0,62}[A-Za-z\d])?$/,
        "trigger.name",
        "at most 64 letters, digits, hyphens and underscores",
    );
    if (!STARTS.some((start) => request.json[start] ?? current?.[start])) {
        throw invalidArgument(`a trigger needs one of ${STARTS.join(", ")}`, "trigger");
    }
    if (!filename && !build && !gitFileSource && !autodetect) {
        throw invalidArgument("a trigger needs one of filename, build, git_file_source and autodetect", "trigger");
    }
    if (typeof serviceAccount === "string" && serviceAccount !== "") {
        checkActAs(call, serviceAccount);
    }
    const others = triggers.list(call.cloud, `${parentOf(request)}/triggers`);
    if (others.some((other) => other.name === name && other.id !== current?.id)) {
        throw alreadyExists(`${parentOf(request)}/triggers/${name}`);
    }
    const id = current?.id ?? uid();
    const resourceName = `${parentOf(request)}/triggers/${id}`;
    return triggers.put(call.cloud, resourceName, {
        createTime: call.time,
        ...current,
        ...request.json,
        ...{ id, name, resourceName },
    });
}

const on = (permission: string): Pick<Route, "permission" | "resource"> => ({ permission, resource: parentOf });

const triggerRoutes: Route[] = [
    {
        ...on("cloudbuild.builds.create"),
        verb: "POST",
        path: PATH,
        handle: (request, call) => store(request, call, undefined),
    },
    {
        ...on("cloudbuild.builds.list"),
        verb: "GET",
        path: PATH,
        handle: (request, { cloud }) => ({ triggers: triggers.list(cloud, `${parentOf(request)}/triggers`) }),
    },
    {
        ...on("cloudbuild.builds.get"),
        verb: "GET",
        path: `${PATH}/{trigger}`,
        handle: (request, { cloud }) => found(request, cloud),
    },
    {
        ...on("cloudbuild.builds.update"),
        verb: "PATCH",
        path: `${PATH}/{trigger}`,
        handle: (request, call) => store(request, call, found(request, call.cloud)),
    },
    {
        ...on("cloudbuild.builds.update"),
        verb: "DELETE",
        path: `${PATH}/{trigger}`,
        handle(request, { cloud }) {
            triggers.delete(cloud, found(request, cloud).resourceName);
            return {};
        },
    },
    {
        ...on("cloudbuild.builds.create"),
        verb: "POST",
        path: `${PATH}/{trigger}:run`,
        handle(request, { cloud }) {
            throw unimplemented(`to run a build, as the trigger ${found(request, cloud).name} would,`);
        },
    },
];

/** Triggers, and which account would build: gcloud asks that before it deploys a function. The sandbox itself builds nothing. */
export const cloudbuild: ApiDefinition = {
    host: "cloudbuild.googleapis.com",
    unverified: ["which permissions the methods of triggers take is from the roles that Google's pages ask for"],
    routes: [
        {
            verb: "GET",
            path: "/v1/projects/{project}/locations/{location}/defaultServiceAccount",
            // The documentation names no permission.
            permission: undefined,
            handle({ params: { project = "", location = "" } }, { cloud: { settings, store: kept } }) {
                const number = projectNumberOf(project, settings, kept);
                return {
                    name: `projects/${number}/locations/${location}/defaultServiceAccount`,
                    serviceAccountEmail: `projects/${project}/serviceAccounts/${number}-compute@developer.gserviceaccount.com`,
                };
            },
        },
        ...triggerRoutes,
    ],
};
