import { asText, UNKNOWN } from "../../values";
import type { HandwrittenType } from "../handwritten";

const secrets = "https://secretmanager.googleapis.com/v1/";

/** `gcp.secretmanager.SecretVersion`. https://cloud.google.com/secret-manager/docs/reference/rest/v1/projects.secrets.versions */
export const secretVersion: HandwrittenType = {
    token: "gcp:secretmanager/secretVersion:SecretVersion",
    defaults: { enabled: true },
    // Pulumi's bridge to Terraform treats the project as computed, although it is never set.
    plannedOutputs: { project: UNKNOWN, secretDataWoVersion: 0 },
    async create(http, inputs) {
        const data = asText(inputs["secretData"] ?? "");
        const payload = inputs["isSecretDataBase64"] === true ? data : Buffer.from(data).toString("base64");
        const version = await http.call("POST", `${secrets}${asText(inputs["secret"])}:addVersion`, {
            payload: { data: payload },
        });
        const id = asText(version["name"]);
        await http.call("POST", `${secrets}${id}:${inputs["enabled"] === false ? "disable" : "enable"}`);
        return { id, outputs: (await secretVersion.read(http, id, inputs)) ?? {} };
    },
    async read(http, id, inputs) {
        const remote = await http.find("GET", `${secrets}${id}`);
        if (remote === undefined || remote["state"] === "DESTROYED") {
            return undefined;
        }
        return {
            ...inputs,
            deletionPolicy: inputs["deletionPolicy"] ?? "DELETE",
            project: null,
            secretDataWo: null,
            name: id,
            version: id.slice(id.lastIndexOf("/") + 1),
            createTime: remote["createTime"] ?? "",
            destroyTime: remote["destroyTime"] ?? "",
            enabled: remote["state"] === "ENABLED",
            isSecretDataBase64: inputs["isSecretDataBase64"] ?? false,
            secretDataWoVersion: inputs["secretDataWoVersion"] ?? 0,
        };
    },
    async update(http, id, inputs) {
        await http.call("POST", `${secrets}${id}:${inputs["enabled"] === false ? "disable" : "enable"}`);
    },
    async delete(http, id, inputs) {
        if (inputs["deletionPolicy"] === "ABANDON") {
            return;
        }
        const verb = inputs["deletionPolicy"] === "DISABLE" ? "disable" : "destroy";
        await http.call("POST", `${secrets}${id}:${verb}`);
    },
};
