import { asText, isObject, type Properties } from "../../values";
import type { HandwrittenType } from "../handwritten";
import { fillPath, matchTemplate } from "../inputs";
import { resourceSchema } from "../schema";
import { decode, encode, type Shape } from "../transcode";

const token = "gcp:cloudrun/domainMapping:DomainMapping";
const ID = "locations/{location}/namespaces/{project}/domainmappings/{name}";
const shape: Shape = { notSent: ["name", "location", "project", "deletionPolicy"] };
const schema = (): NonNullable<ReturnType<typeof resourceSchema>> =>
    resourceSchema(token) ?? { inputs: {}, outputs: {} };

function url(inputs: Properties, path = "/{name}"): string {
    return fillPath(
        `https://{location}-run.googleapis.com/apis/domains.cloudrun.com/v1/namespaces/{project}/domainmappings${path}`,
        inputs,
    );
}

/** `gcp.cloudrun.DomainMapping`. https://cloud.google.com/run/docs/reference/rest/v1/namespaces.domainmappings */
export const domainMapping: HandwrittenType = {
    token,
    readById: true,
    identify: (inputs) => fillPath(ID, inputs),
    async create(http, inputs) {
        const { metadata, spec } = encode(inputs, schema().inputs, shape);
        await http.call("POST", url(inputs, ""), {
            apiVersion: "domains.cloudrun.com/v1",
            kind: "DomainMapping",
            metadata: {
                ...(isObject(metadata) && metadata),
                name: inputs["name"] ?? null,
                namespace: inputs["project"] ?? null,
            },
            spec,
        });
        const id = fillPath(ID, inputs);
        return { id, outputs: (await domainMapping.read(http, id, inputs)) ?? {} };
    },
    async read(http, id, inputs) {
        const named = { ...matchTemplate(ID, id), ...inputs };
        const remote = await http.find("GET", url(named));
        if (remote === undefined) {
            return undefined;
        }
        const { metadata = {}, spec = {}, status = {} } = remote;
        const found = decode({ metadata, spec, statuses: [status] }, schema(), shape, named);
        const given = isObject(named["metadata"]) ? named["metadata"] : {};
        const shown = isObject(found["metadata"])
            ? {
                  ...found["metadata"],
                  annotations: given["annotations"] ?? {},
                  labels: given["labels"] ?? {},
                  effectiveLabels: (isObject(metadata) && metadata["labels"]) || {},
                  pulumiLabels: given["labels"] ?? {},
              }
            : null;
        return { ...found, metadata: shown, deletionPolicy: named["deletionPolicy"] ?? "DELETE" };
    },
    async delete(http, id, inputs) {
        await http.call("DELETE", url({ ...matchTemplate(ID, asText(id)), ...inputs }));
    },
};
