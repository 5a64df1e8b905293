import { defined } from "../../../common";
import { asText } from "../../values";
import type { HandwrittenType } from "../handwritten";

/** `gcp.iap.Settings`. https://cloud.google.com/iap/docs/reference/rest/v1/v1/getIapSettings */
export const iapSettings: HandwrittenType = {
    token: "gcp:iap/settings:Settings",
    async create(http, inputs) {
        await iapSettings.update?.(http, asText(inputs["name"]), inputs);
        return { id: `${asText(inputs["name"])}/iapSettings`, outputs: inputs };
    },
    async read(http, id, inputs) {
        const remote = await http.find(
            "GET",
            `https://iap.googleapis.com/v1/${id.replace(/\/iapSettings$/, "")}:iapSettings`,
        );
        return remote === undefined ? undefined : { ...inputs, name: remote["name"] ?? null };
    },
    async update(http, id, inputs) {
        const { name, accessSettings, applicationSettings } = inputs;
        const body = {
            name,
            ...defined({ accessSettings, applicationSettings }),
        };
        await http.call("PATCH", `https://iap.googleapis.com/v1/${id.replace(/\/iapSettings$/, "")}:iapSettings`, body);
    },
    async delete(http, id) {
        await http.call("PATCH", `https://iap.googleapis.com/v1/${id.replace(/\/iapSettings$/, "")}:iapSettings`, {
            name: id.replace(/\/iapSettings$/, ""),
        });
    },
    identify: (inputs) => `${asText(inputs["name"])}/iapSettings`,
};
