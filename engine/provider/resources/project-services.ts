import { isObject, type Properties, text } from "../../values";
import type { SpecialType } from "../special";

const usage = "https://serviceusage.googleapis.com/v1/";

/** `gcp.projects.Service`. https://cloud.google.com/service-usage/docs/reference/rest/v1/services */
export const projectService: SpecialType = {
    token: "gcp:projects/service:Service",
    async create(http, inputs) {
        const id = projectService.identify?.(inputs) ?? "";
        await http.operate(usage, "POST", `${usage}${servicePath(inputs)}:enable`, {});
        return { id, outputs: (await projectService.read(http, id, inputs)) ?? {} };
    },
    async read(http, _, inputs) {
        const list = `${usage}projects/${text(inputs["project"])}/services?filter=state:ENABLED&pageSize=200&fields=services/name,nextPageToken`;
        let page = "";
        do {
            const answer = await http.call("GET", `${list}${page}`);
            const services = Array.isArray(answer["services"]) ? answer["services"] : [];
            const found = services.some(
                (s) => isObject(s) && text(s["name"]).endsWith(`/services/${text(inputs["service"])}`),
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
        await http.operate(usage, "POST", `${usage}${servicePath(inputs)}:disable`, {
            disableDependentServices: inputs["disableDependentServices"] === true,
            checkIfServiceHasUsage: inputs["checkIfServiceHasUsageOnDestroy"] === true ? "CHECK" : "SKIP",
        });
    },
    identify: (inputs) => `${text(inputs["project"])}/${text(inputs["service"])}`,
};

/** `gcp.projects.ServiceIdentity`. https://cloud.google.com/service-usage/docs/reference/rest/v1beta1/services/generateServiceIdentity */
export const serviceIdentity: SpecialType = {
    token: "gcp:projects/serviceIdentity:ServiceIdentity",
    async create(http, inputs) {
        const base = "https://serviceusage.googleapis.com/v1beta1/";
        const identity = await http.operate(base, "POST", `${base}${servicePath(inputs)}:generateServiceIdentity`, {});
        const email = text(identity["email"] ?? "");
        return {
            id: servicePath(inputs),
            outputs: { ...inputs, email, member: email === "" ? "" : `serviceAccount:${email}` },
        };
    },
    // Google offers no way to read it or to delete it; asked for again, it tells the one that is there.
    read: async (http, _, inputs) => (await serviceIdentity.create(http, inputs)).outputs,
    delete: () => Promise.resolve(),
    identify: servicePath,
};

function servicePath(inputs: Properties): string {
    return `projects/${text(inputs["project"])}/services/${text(inputs["service"])}`;
}
