import { isObject, type Properties } from "../../values";
import { decode, encode, type Shape } from "../transcode";
import { knative, schemaOf } from "./knative";

const token = "gcp:cloudrun/domainMapping:DomainMapping";
const shape: Shape = { notSent: ["name", "location", "project", "deletionPolicy"] };

/** `gcp.cloudrun.DomainMapping`. https://cloud.google.com/run/docs/reference/rest/v1/namespaces.domainmappings */
export const domainMapping = knative({
    token,
    apiVersion: "domains.cloudrun.com/v1",
    kind: "DomainMapping",
    collection: "domainmappings",
    bodyOf: (inputs) => encode(inputs, schemaOf(token).inputs, shape),
    outputsOf({ metadata = {}, spec = {}, status = {} }, inputs) {
        const found = decode({ metadata, spec, statuses: [status] }, schemaOf(token), shape, inputs);
        return {
            ...found,
            metadata: shown(found, metadata, inputs),
            deletionPolicy: inputs["deletionPolicy"] ?? "DELETE",
        };
    },
});

/** The metadata, with those labels and annotations that the program has set. */
function shown(found: Properties, metadata: Properties[string], inputs: Properties): Properties | null {
    const given = isObject(inputs["metadata"]) ? inputs["metadata"] : {};
    return isObject(found["metadata"])
        ? {
              ...found["metadata"],
              annotations: given["annotations"] ?? {},
              labels: given["labels"] ?? {},
              effectiveLabels: (isObject(metadata) && metadata["labels"]) || {},
              pulumiLabels: given["labels"] ?? {},
          }
        : null;
}
