import { asText, isObject } from "../../values";
import type { RestType } from "../rest";

/** `gcp.vpcaccess.Connector`. https://cloud.google.com/vpc/docs/reference/vpcaccess/rest/v1/projects.locations.connectors */
export const connector: RestType = {
    token: "gcp:vpcaccess/connector:Connector",
    base: "https://vpcaccess.googleapis.com/v1/",
    id: "projects/{project}/locations/{region}/connectors/{name}",
    create: "projects/{project}/locations/{region}/connectors?connectorId={name}",
    update: "mask",
    autoName: { property: "name", maximum: 25 },
    shortNames: ["name"],
    defaults: { machineType: "e2-micro" },
    notSent: ["selfLink"],
    toOutputs: (outputs, remote, inputs) => ({
        ...outputs,
        selfLink: remote["name"] ?? "",
        // The API answers the name of the network, whatever the program named it by.
        network: inputs["network"] ?? remote["network"] ?? "",
        subnet: isObject(outputs["subnet"]) ? { ...outputs["subnet"], projectId: asText(inputs["project"]) } : null,
    }),
};
