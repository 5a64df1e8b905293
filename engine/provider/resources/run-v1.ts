import { isObject, type Properties, type Value } from "../../values";
import type { HandwrittenType } from "../handwritten";
import { decode, encode, type Shape } from "../transcode";
import { knative, schemaOf } from "./knative";

const token = "gcp:cloudrun/service:Service";

/** The API has lists under singular names. */
const shape: Shape = {
    rename: {
        traffics: "traffic",
        "ServiceStatus.traffics": "traffic",
        "ServiceTemplateSpecContainer.envs": "env",
        "ServiceTemplateSpecContainer.envFroms": "envFrom",
        "ServiceTemplateSpecContainer.commands": "command",
    },
    notSent: ["name", "location", "project", "autogenerateRevisionName", "deletionPolicy"],
};

function bodyOf(inputs: Properties): { metadata: Value | undefined; spec: Properties } {
    const { metadata, template, traffic } = encode(inputs, schemaOf(token).inputs, shape);
    const revision = isObject(template) ? { ...template } : {};
    // If the provider is told to make the name of a revision, each revision has another one.
    if (inputs["autogenerateRevisionName"] === true && isObject(revision["metadata"])) {
        revision["metadata"] = Object.fromEntries(
            Object.entries(revision["metadata"]).filter(([key]) => key !== "name"),
        );
    }
    return { metadata, spec: { template: revision, ...(traffic !== undefined && { traffic }) } };
}

function outputsOf(remote: Properties, inputs: Properties): Properties {
    const spec = isObject(remote["spec"]) ? remote["spec"] : {};
    const metadata = isObject(remote["metadata"]) ? remote["metadata"] : {};
    const found = decode(
        {
            template: spec["template"] ?? null,
            traffic: spec["traffic"] ?? null,
            statuses: [remote["status"] ?? {}],
            metadata: {
                ...metadata,
                effectiveAnnotations: metadata["annotations"] ?? {},
                effectiveLabels: metadata["labels"] ?? {},
                pulumiLabels: metadata["labels"] ?? {},
            },
        },
        schemaOf(token),
        shape,
        inputs,
    );
    // Of labels and annotations, the program sees those that it has set.
    const shown = isObject(found["metadata"])
        ? {
              ...found["metadata"],
              annotations: own(inputs, metadata, "annotations"),
              labels: own(inputs, metadata, "labels"),
          }
        : null;
    return {
        ...found,
        metadata: shown,
        autogenerateRevisionName: inputs["autogenerateRevisionName"] ?? false,
        deletionPolicy: inputs["deletionPolicy"] ?? "DELETE",
    };
}

function own({ metadata }: Properties, remote: Properties, key: "annotations" | "labels"): Value {
    const [given, all] = [isObject(metadata) ? metadata[key] : undefined, remote[key]];
    if (given === undefined || !isObject(given) || !isObject(all)) {
        return {};
    }
    return Object.fromEntries(Object.entries(all).filter(([name]) => name in given));
}

/** `gcp.cloudrun.Service`. https://cloud.google.com/run/docs/reference/rest/v1/namespaces.services */
export const runServiceV1: HandwrittenType = {
    ...knative({
        token,
        apiVersion: "serving.knative.dev/v1",
        kind: "Service",
        collection: "services",
        isChangeable: true,
        bodyOf,
        outputsOf,
    }),
    autoName: { property: "name", maximum: 49 },
};
