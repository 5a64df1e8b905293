import { contentOf } from "../values/assets";
import { isObject, UNKNOWN, type Properties, text } from "../values/values";

import { CloudError, type Http } from "./http";
import { located } from "./inputs";
import { planned } from "./transcode";
import type { ResourceSchema } from "./schema";
import type { Subject } from "./types";

/** A type that is made in a way of its own. */
export interface SpecialType {
    token: string;
    defaults?: Properties;
    autoName?: { property: string; maximum: number };
    create(http: Http, inputs: Properties): Promise<{ id: string; outputs: Properties }>;
    read(http: Http, id: string, inputs: Properties): Promise<Properties | undefined>;
    update?(http: Http, id: string, inputs: Properties): Promise<void>;
    delete(http: Http, id: string, inputs: Properties): Promise<void>;
    identify?(inputs: Properties): string;
    /** What a preview says otherwise than the schema does. */
    foreseen?: Properties;
}

const secrets = "https://secretmanager.googleapis.com/v1/";
const usage = "https://serviceusage.googleapis.com/v1/";

/** https://cloud.google.com/secret-manager/docs/reference/rest/v1/projects.secrets.versions */
const secretVersion: SpecialType = {
    token: "gcp:secretmanager/secretVersion:SecretVersion",
    defaults: { enabled: true },
    // The bridge takes the project for computed, though it is never set.
    foreseen: { project: UNKNOWN, secretDataWoVersion: 0 },
    async create(http, inputs) {
        const data = text(inputs["secretData"] ?? "");
        const payload = inputs["isSecretDataBase64"] === true ? data : Buffer.from(data).toString("base64");
        const version = await http.call("POST", `${secrets}${text(inputs["secret"])}:addVersion`, {
            payload: { data: payload },
        });
        const id = text(version["name"]);
        await http.call("POST", `${secrets}${id}:${inputs["enabled"] === false ? "disable" : "enable"}`);
        return { id, outputs: (await secretVersion.read(http, id, inputs)) ?? {} };
    },
    async read(http, id, inputs) {
        const remote = await http.find("GET", `${secrets}${id}`);
        if (remote === undefined || remote["state"] === "DESTROYED") return undefined;
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
        if (inputs["deletionPolicy"] === "ABANDON") return;
        const verb = inputs["deletionPolicy"] === "DISABLE" ? "disable" : "destroy";
        await http.call("POST", `${secrets}${id}:${verb}`);
    },
};

/** https://cloud.google.com/service-usage/docs/reference/rest/v1/services */
const projectService: SpecialType = {
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
            if (found) return { ...inputs, deletionPolicy: inputs["deletionPolicy"] ?? "DELETE" };
            page = typeof answer["nextPageToken"] === "string" ? `&pageToken=${answer["nextPageToken"]}` : "";
        } while (page !== "");
        return undefined;
    },
    update: () => Promise.resolve(),
    async delete(http, _, inputs) {
        if (inputs["disableOnDestroy"] !== true) return;
        await http.operate(usage, "POST", `${usage}${servicePath(inputs)}:disable`, {
            disableDependentServices: inputs["disableDependentServices"] === true,
            checkIfServiceHasUsage: inputs["checkIfServiceHasUsageOnDestroy"] === true ? "CHECK" : "SKIP",
        });
    },
    identify: (inputs) => `${text(inputs["project"])}/${text(inputs["service"])}`,
};

/** https://cloud.google.com/service-usage/docs/reference/rest/v1beta1/services/generateServiceIdentity */
const serviceIdentity: SpecialType = {
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

/** https://cloud.google.com/iap/docs/reference/rest/v1/v1/getIapSettings */
const iapSettings: SpecialType = {
    token: "gcp:iap/settings:Settings",
    async create(http, inputs) {
        await iapSettings.update?.(http, text(inputs["name"]), inputs);
        return { id: `${text(inputs["name"])}/iapSettings`, outputs: inputs };
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
            ...(accessSettings !== undefined && { accessSettings }),
            ...(applicationSettings !== undefined && { applicationSettings }),
        };
        await http.call("PATCH", `https://iap.googleapis.com/v1/${id.replace(/\/iapSettings$/, "")}:iapSettings`, body);
    },
    async delete(http, id) {
        await http.call("PATCH", `https://iap.googleapis.com/v1/${id.replace(/\/iapSettings$/, "")}:iapSettings`, {
            name: id.replace(/\/iapSettings$/, ""),
        });
    },
    identify: (inputs) => `${text(inputs["name"])}/iapSettings`,
};

/** https://cloud.google.com/storage/docs/json_api/v1/objects */
const bucketObject: SpecialType = {
    token: "gcp:storage/bucketObject:BucketObject",
    autoName: { property: "name", maximum: 1024 },
    async create(http, inputs) {
        const name = text(inputs["name"]);
        const content =
            typeof inputs["content"] === "string"
                ? Buffer.from(inputs["content"])
                : contentOf(inputs["source"] ?? null);
        const url = `https://storage.googleapis.com/upload/storage/v1/b/${text(inputs["bucket"])}/o?uploadType=media&name=${encodeURIComponent(name)}`;
        await http.call("POST", url, content, {
            "content-type": text(inputs["contentType"] ?? "application/octet-stream"),
        });
        const id = bucketObject.identify?.(inputs) ?? "";
        return { id, outputs: (await bucketObject.read(http, id, inputs)) ?? {} };
    },
    async read(http, _, inputs) {
        const name = text(inputs["name"]);
        const remote = await http.find("GET", objectUrl(inputs));
        if (remote === undefined) return undefined;
        const kept = { ...inputs };
        // The provider does not keep what was uploaded as text.
        delete kept["content"];
        const hash = Buffer.from(text(remote["md5Hash"] ?? ""), "base64").toString("hex");
        return {
            ...kept,
            outputName: name,
            generation: Number(remote["generation"] ?? 0),
            md5hash: remote["md5Hash"] ?? "",
            md5hexhash: hash,
            crc32c: remote["crc32c"] ?? "",
            mediaLink: remote["mediaLink"] ?? "",
            selfLink: remote["selfLink"] ?? "",
            contentType: remote["contentType"] ?? "",
            storageClass: remote["storageClass"] ?? "",
        };
    },
    // The provider makes a changed object anew under its name.
    async update(http, _, inputs) {
        await bucketObject.create(http, inputs);
    },
    async delete(http, _, inputs) {
        await http.call("DELETE", objectUrl(inputs));
    },
    identify: (inputs) => `${text(inputs["bucket"])}-${text(inputs["name"])}`,
};

function objectUrl(inputs: Properties): string {
    return `https://storage.googleapis.com/storage/v1/b/${text(inputs["bucket"])}/o/${encodeURIComponent(text(inputs["name"]))}`;
}

function servicePath(inputs: Properties): string {
    return `projects/${text(inputs["project"])}/services/${text(inputs["service"])}`;
}

export const specialTypes: SpecialType[] = [secretVersion, projectService, serviceIdentity, iapSettings, bucketObject];

/** Runs a {@link SpecialType} with the inputs located and what is gone passed over. */
export class SpecialResource {
    constructor(
        readonly type: SpecialType,
        readonly schema: ResourceSchema,
        private readonly http: Http,
    ) {}

    plan(subject: Subject, inputs: Properties, old?: { inputs: Properties; outputs: Properties }): Properties {
        return {
            ...planned(this.filled(subject, inputs), this.schema, old),
            ...(old === undefined && this.type.foreseen),
            id: old?.outputs["id"] ?? UNKNOWN,
        };
    }

    identify(subject: Subject, inputs: Properties): string | undefined {
        return this.type.identify?.(this.filled(subject, inputs));
    }

    async create(subject: Subject, inputs: Properties): Promise<{ id: string; outputs: Properties }> {
        const { id, outputs } = await this.type.create(this.http, this.filled(subject, inputs));
        return { id, outputs: { ...noted(outputs), id } };
    }

    async read(subject: Subject, id: string, inputs: Properties): Promise<Properties | undefined> {
        const outputs = await this.type.read(this.http, id, this.filled(subject, inputs));
        return outputs === undefined ? undefined : { ...noted(outputs), id };
    }

    async update(subject: Subject, id: string, inputs: Properties): Promise<Properties> {
        await this.type.update?.(this.http, id, this.filled(subject, inputs));
        return (await this.read(subject, id, inputs)) ?? {};
    }

    async delete(subject: Subject, id: string, inputs: Properties): Promise<void> {
        try {
            await this.type.delete(this.http, id, this.filled(subject, inputs));
        } catch (error) {
            if (!(error instanceof CloudError && error.httpStatus === 404)) throw error;
        }
    }

    private filled(subject: Subject, inputs: Properties): Properties {
        return located(inputs, this.schema, subject.config);
    }
}

function noted(outputs: Properties): Properties {
    return Object.fromEntries(Object.entries(outputs).filter(([key]) => key !== "__defaults"));
}
