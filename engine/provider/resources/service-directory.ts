import { asText } from "../../values";
import type { RestType } from "../rest";

const base = "https://servicedirectory.googleapis.com/v1/";

/** `gcp.servicedirectory.Namespace`. https://docs.cloud.google.com/service-directory/docs/reference/rest/v1/projects.locations.namespaces */
export const directoryNamespace: RestType = {
    token: "gcp:servicedirectory/namespace:Namespace",
    base,
    id: "projects/{project}/locations/{location}/namespaces/{namespaceId}",
    create: "projects/{project}/locations/{location}/namespaces?namespaceId={namespaceId}",
    update: "mask",
    notSent: ["namespaceId"],
};

/** What lies in another resource of the directory, whose whole name a program gives. The provider calls annotations metadata. */
const within = (token: string, parent: string, collection: string, idField: string): RestType => ({
    token,
    base,
    id: `{${parent}}/${collection}/{${idField}}`,
    create: `{${parent}}/${collection}?${idField}={${idField}}`,
    update: "mask",
    rename: { metadata: "annotations" },
    notSent: [parent, idField],
    toOutputs: (outputs, remote, inputs) => ({
        ...outputs,
        [parent]: inputs[parent] ?? asText(remote["name"]).split(`/${collection}/`)[0] ?? "",
    }),
});

/** `gcp.servicedirectory.Service`. */
export const directoryService = within("gcp:servicedirectory/service:Service", "namespace", "services", "serviceId");

/** `gcp.servicedirectory.Endpoint`. */
export const directoryEndpoint = within("gcp:servicedirectory/endpoint:Endpoint", "service", "endpoints", "endpointId");
