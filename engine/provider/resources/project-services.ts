import { asText, isObject, type Properties } from "../../values";
import type { HandwrittenType } from "../handwritten";

const usage = "https://serviceusage.googleapis.com/v1/";

/** `gcp.projects.Service`. https://cloud.google.com/service-usage/docs/reference/rest/v1/services */
export const projectService: HandwrittenType = {
    token: "gcp:projects/service:Service",
    async create(http, inputs) {
        const id = projectService.identify?.(inputs) ?? "";
        await http.callAndWait(usage, "POST", `${usage}${servicePath(inputs)}:enable`, {});
        return { id, outputs: (await projectService.read(http, id, inputs)) ?? {} };
    },
    async read(http, _, inputs) {
        const list = `${usage}projects/${asText(inputs["project"])}/services?filter=state:ENABLED&pageSize=200&fields=services/name,nextPageToken`;
        let page = "";
        do {
            const answer = await http.call("GET", `${list}${page}`);
            const services = Array.isArray(answer["services"]) ? answer["services"] : [];
            const found = services.some(
                (s) => isObject(s) && asText(s["name"]).endsWith(`/services/${asText(inputs["service"])}`),
            );
            if (found) {
                return { ...inputs, deletionPolicy: inputs["deletionPolicy"] ?? "DELETE" };
            }
            page = typeof answer["nextPageToken"] === "string" ? `&pageToken=${answer["nextPageToken"]}` : "";
        } while (page !== "");
        return undefined;
    },
    update: () => Promise.resolve(),
    async delete(http, _, inputs) {
        if (inputs["disableOnDestroy"] !== true) {
            return;
        }
        await http.callAndWait(usage, "POST", `${usage}${servicePath(inputs)}:disable`, {
            disableDependentServices: inputs["disableDependentServices"] === true,
            checkIfServiceHasUsage: inputs["checkIfServiceHasUsageOnDestroy"] === true ? "CHECK" : "SKIP",
        });
    },
    identify: (inputs) => `${asText(inputs["project"])}/${asText(inputs["service"])}`,
};

/** `gcp.projects.ServiceIdentity`. https://cloud.google.com/service-usage/docs/reference/rest/v1beta1/services/generateServiceIdentity */
export const serviceIdentity: HandwrittenType = {
    token: "gcp:projects/serviceIdentity:ServiceIdentity",
    async create(http, inputs) {
        const base = "https://serviceusage.googleapis.com/v1beta1/";
        const identity = await http.callAndWait(
            base,
            "POST",
            `${base}${servicePath(inputs)}:generateServiceIdentity`,
            {},
        );
        const email = asText(identity["email"] ?? "");
        return {
            id: servicePath(inputs),
            outputs: { ...inputs, email, member: email === "" ? "" : `serviceAccount:${email}` },
        };
    },
    // Google offers no way to read or to delete an identity. Generating it again returns the one that exists.
    read: async (http, _, inputs) => (await serviceIdentity.create(http, inputs)).outputs,
    delete: () => Promise.resolve(),
    identify: servicePath,
};

function servicePath(inputs: Properties): string {
    return `projects/${asText(inputs["project"])}/services/${asText(inputs["service"])}`;
}
