import { isObject } from "../../../common";
import type { Http } from "../http";
import type { HandwrittenType } from "../handwritten";
import { asText, type Properties } from "../../values";

const BASE = "https://servicemanagement.googleapis.com/v1/services";

/** Sends a document, and rolls it out. */
async function configure(http: Http, name: string, { openapiConfig }: Properties): Promise<void> {
    const fileContents = Buffer.from(asText(openapiConfig ?? "")).toString("base64");
    const { response } = await http.call("POST", `${BASE}/${name}/configs:submit`, {
        configSource: { files: [{ fileContents, filePath: "openapi.yaml", fileType: "OPEN_API_YAML" }] },
        validateOnly: false,
    });
    const config = isObject(response) ? response["serviceConfig"] : undefined;
    const id = isObject(config) ? asText(config["id"]) : "";
    await http.call("POST", `${BASE}/${name}/rollouts`, {
        serviceName: name,
        trafficPercentStrategy: { percentages: { [id]: 100 } },
    });
}

/** `gcp.endpoints.Service`. https://cloud.google.com/service-infrastructure/docs/service-management/reference/rest/v1/services */
export const endpointsService: HandwrittenType = {
    token: "gcp:endpoints/service:Service",
    identify: ({ serviceName }) => asText(serviceName ?? ""),
    async create(http, inputs) {
        const id = asText(inputs["serviceName"] ?? "");
        const { project } = inputs;
        // The provider takes a service that is there already.
        if ((await http.find("GET", `${BASE}/${id}`)) === undefined) {
            await http.call("POST", BASE, {
                serviceName: id,
                ...(project !== undefined && { producerProjectId: project }),
            });
        }
        await configure(http, id, inputs);
        return { id, outputs: (await endpointsService.read(http, id, inputs)) ?? {} };
    },
    async read(http, id, inputs) {
        const config = await http.find("GET", `${BASE}/${id}/config`);
        return config === undefined
            ? undefined
            : {
                  deletionPolicy: "DELETE",
                  ...inputs,
                  ...{ serviceName: id, dnsAddress: id, configId: asText(config["id"] ?? "") },
                  ...{ project: asText(config["producerProjectId"] ?? ""), apis: [], endpoints: [] },
              };
    },
    async update(http, id, inputs) {
        await configure(http, id, inputs);
    },
    async delete(http, id) {
        await http.call("DELETE", `${BASE}/${id}`);
    },
};
