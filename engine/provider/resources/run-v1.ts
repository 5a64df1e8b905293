import { asText, isObject, type Properties, type Value } from "../../values";
import type { HandwrittenType } from "../handwritten";
import { fillPath, matchTemplate } from "../inputs";
import { resourceSchema } from "../schema";
import { decode, encode, type Shape } from "../transcode";

const token = "gcp:cloudrun/service:Service";
const ID = "locations/{location}/namespaces/{project}/services/{name}";

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

const schema = (): NonNullable<ReturnType<typeof resourceSchema>> =>
    resourceSchema(token) ?? { inputs: {}, outputs: {} };

/** The address of a service in its region. https://cloud.google.com/run/docs/reference/rest/v1/namespaces.services */
function url(inputs: Properties, path = "/{name}"): string {
    return fillPath(
        `https://{location}-run.googleapis.com/apis/serving.knative.dev/v1/namespaces/{project}/services${path}`,
        inputs,
    );
}

function body(inputs: Properties): Properties {
    const { metadata, template, traffic } = encode(inputs, schema().inputs, shape);
    const revision = isObject(template) ? { ...template } : {};
    // If the provider is told to make the name of a revision, each revision has another one.
    if (inputs["autogenerateRevisionName"] === true && isObject(revision["metadata"])) {
        revision["metadata"] = Object.fromEntries(
            Object.entries(revision["metadata"]).filter(([key]) => key !== "name"),
        );
    }
    return {
        apiVersion: "serving.knative.dev/v1",
        kind: "Service",
        metadata: {
            ...(isObject(metadata) && metadata),
            name: inputs["name"] ?? null,
            namespace: inputs["project"] ?? null,
        },
        spec: { template: revision, ...(traffic !== undefined && { traffic }) },
    };
}

function outputs(remote: Properties, inputs: Properties): Properties {
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
        schema(),
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

/** `gcp.cloudrun.Service`, the older API of Cloud Run. */
export const runServiceV1: HandwrittenType = {
    token,
    autoName: { property: "name", maximum: 49 },
    readById: true,
    identify: (inputs) => fillPath(ID, inputs),
    async create(http, inputs) {
        await http.call("POST", url(inputs, ""), body(inputs));
        const id = fillPath(ID, inputs);
        return { id, outputs: (await runServiceV1.read(http, id, inputs)) ?? {} };
    },
    async read(http, id, inputs) {
        const named = { ...matchTemplate(ID, id), ...inputs };
        const remote = await http.find("GET", url(named));
        return remote === undefined ? undefined : outputs(remote, named);
    },
    async update(http, _, inputs) {
        await http.call("PUT", url(inputs), body(inputs));
    },
    async delete(http, id, inputs) {
        await http.call("DELETE", url({ ...matchTemplate(ID, asText(id)), ...inputs }));
    },
};
