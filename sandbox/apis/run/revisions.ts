import { isDeepStrictEqual } from "node:util";
import { ApiError, type Cloud } from "../../cloud";
import { etagOf, message, Resources, shortName, uid, type Call, type Json, type Stored } from "../framework";
import type { RunTemplate } from "./resource";

/** What has revisions: a service, or a worker pool. */
interface Revised {
    name: string;
    template?: RunTemplate;
    latestCreatedRevision?: string;
    latestReadyRevision?: string;
}

type Revision = Stored<"google.cloud.run.v2.Revision">;

export const revisions = new Resources<Revision>("run.revisions", "google.cloud.run.v2.Revision");

/**
 * The name of the revision that a service runs with a template: a new one only if the template is another one. Labels, ingress,
 * traffic and description of the service itself make no revision. https://cloud.google.com/run/docs/managing/revisions
 * @param generation that of the service
 * @throws ApiError ALREADY_EXISTS if the template names a revision that has another content
 */
export function revisionName(
    cloud: Cloud,
    name: string,
    generation: string,
    template: RunTemplate,
    current: Revised | undefined,
): string {
    const { revision, ...content } = template;
    const { revision: _, ...before } = current?.template ?? {};
    const latest = current?.latestCreatedRevision;
    const named = revision ? `${name}/revisions/${revision}` : undefined;
    if (latest !== undefined && (named ?? latest) === latest && isDeepStrictEqual(content, before)) {
        return latest;
    }
    if (named !== undefined && revisions.find(cloud, named)) {
        throw new ApiError(
            "ALREADY_EXISTS",
            `Revision named '${revision ?? ""}' with different configuration already exists.`,
        );
    }
    return (
        named ??
        `${name}/revisions/${shortName(name)}-${generation.padStart(5, "0")}-${uid().replaceAll("-", "").slice(0, 3)}`
    );
}

/** Keeps the revision that a deployed service now runs, if it is a new one. */
export function keepRevision(call: Call, service: Revised): void {
    const revision = String(service.latestReadyRevision);
    if (!revisions.find(call.cloud, revision)) {
        revisions.put(call.cloud, revision, revisionOf(service, service.template ?? {}, revision, call.time));
    }
}

export function removeRevisions({ cloud }: Call, service: string): void {
    revisions.list(cloud, service).forEach((revision) => revisions.delete(cloud, revision.name));
}

function revisionOf(service: Revised, template: RunTemplate, name: string, time: string): Revision {
    const content = fieldsOf("google.cloud.run.v2.Revision", template);
    return {
        ...content,
        name,
        uid: uid(),
        generation: "1",
        observedGeneration: "1",
        service: shortName(service.name),
        createTime: time,
        updateTime: time,
        conditions: [{ type: "Ready", state: "CONDITION_SUCCEEDED", lastTransitionTime: time }],
        etag: etagOf(content),
    };
}

/** The template that a revision was made of. */
export function templateOf(revision: Revision): Json {
    return fieldsOf("google.cloud.run.v2.RevisionTemplate", revision);
}

function fieldsOf(type: Parameters<typeof message>[0], value: Json): Json {
    const known = message(type).fields.map(({ jsonName }) => jsonName);
    return Object.fromEntries(Object.entries(value).filter(([field]) => known.includes(field)));
}
