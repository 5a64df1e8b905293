import { createHash } from "node:crypto";

import { defined } from "../../common";
import { ProviderError } from "../errors";
import { asText, isObject, type Properties } from "../values";
import { CloudError, type Http } from "./http";

type Invoke = (http: Http, args: Properties, config: Properties) => Promise<Properties>;

const projectIn = (args: Properties, config: Properties): string => {
    const id = args["project"] ?? args["projectId"] ?? config["project"];
    if (typeof id !== "string") {
        throw new ProviderError("no project", { fix: "give one, or set gcp:project in the stack's configuration" });
    }
    return id;
};

/** The projects that a filter of the API finds. */
const projects: Invoke = async (http, args) => {
    const filter = asText(args["filter"] ?? "");
    const url = `https://cloudresourcemanager.googleapis.com/v1/projects?filter=${encodeURIComponent(filter)}`;
    const remote = await http.call("GET", url);
    const found = Array.isArray(remote["projects"]) ? remote["projects"].filter(isObject) : [];
    return {
        ...args,
        id: filter,
        projects: found.map((project) => ({
            createTime: project["createTime"] ?? "",
            labels: project["labels"] ?? {},
            lifecycleState: project["lifecycleState"] ?? "ACTIVE",
            name: project["name"] ?? "",
            number: asText(project["projectNumber"] ?? ""),
            parent: project["parent"] ?? {},
            projectId: project["projectId"] ?? "",
        })),
    };
};

/** A version of a secret, with its data. */
const secretVersion: Invoke = async (http, args, config) => {
    const secret = asText(args["secret"]);
    const parent = secret.includes("/") ? secret : `projects/${projectIn(args, config)}/secrets/${secret}`;
    const url = `https://secretmanager.googleapis.com/v1/${parent}/versions/${asText(args["version"] ?? "latest")}`;
    const [version, access] = [await http.call("GET", url), await http.call("GET", `${url}:access`)];
    const data = isObject(access["payload"]) ? asText(access["payload"]["data"] ?? "") : "";
    const name = asText(version["name"]);
    return {
        ...args,
        id: name,
        name,
        project: projectIn(args, config),
        version: name.slice(name.lastIndexOf("/") + 1),
        secretData: args["isSecretDataBase64"] === true ? data : Buffer.from(data, "base64").toString("utf8"),
        createTime: version["createTime"] ?? "",
        destroyTime: version["destroyTime"] ?? "",
        enabled: version["state"] === "ENABLED",
    };
};

/** The regions, or the zones of them. */
const places =
    (what: "regions" | "zones"): Invoke =>
    async (http, args, config) => {
        const project = projectIn(args, config);
        const url = `https://compute.googleapis.com/compute/v1/projects/${project}/regions`;
        const { items } = await http.call("GET", url);
        const region = args["region"] ?? config["region"];
        const found = Array.isArray(items) ? items.filter(isObject) : [];
        const wanted = found.filter(({ name }) => what === "regions" || region === undefined || name === region);
        const names = wanted.flatMap(({ name, zones }) =>
            what === "regions"
                ? [asText(name)]
                : (Array.isArray(zones) ? zones : []).map((zone) => asText(zone).replace(/^.*\//, "")),
        );
        return {
            ...args,
            id: `projects/${project}`,
            project,
            names,
            ...(what === "zones" && { region: region ?? "" }),
        };
    };

/** The provider's functions that can be called here, by token. */
const functions: Record<string, Invoke> = {
    "gcp:organizations/getProject:getProject": async (http, args, config) => {
        const id = projectIn(args, config);
        const remote = await http.call("GET", `https://cloudresourcemanager.googleapis.com/v1/projects/${id}`);
        const parent = isObject(remote["parent"]) ? remote["parent"] : {};
        return {
            id: `projects/${id}`,
            projectId: id,
            name: remote["name"] ?? id,
            number: asText(remote["projectNumber"] ?? ""),
            labels: remote["labels"] ?? {},
            effectiveLabels: remote["labels"] ?? {},
            pulumiLabels: remote["labels"] ?? {},
            orgId: parent["type"] === "organization" ? asText(parent["id"]) : "",
            folderId: parent["type"] === "folder" ? asText(parent["id"]) : "",
            billingAccount: "",
            autoCreateNetwork: true,
            deletionPolicy: "",
            tags: {},
        };
    },
    "gcp:organizations/getIAMPolicy:getIAMPolicy": (_, args) => {
        const policyData = JSON.stringify({
            bindings: args["bindings"] ?? [],
            ...defined({ auditConfigs: args["auditConfigs"] }),
        });
        const id = createHash("sha256").update(policyData).digest("hex");
        return Promise.resolve({ ...args, id, policyData });
    },
    "gcp:organizations/getClientConfig:getClientConfig": (_, __, config) =>
        Promise.resolve({
            id: "",
            project: config["project"] ?? "",
            region: config["region"] ?? "",
            zone: config["zone"] ?? "",
            accessToken: "",
            defaultLabels: {},
        }),
    "gcp:organizations/getClientOpenIdUserInfo:getClientOpenIdUserInfo": async (http) => {
        const { email = null } = await http.call("GET", "https://openidconnect.googleapis.com/v1/userinfo");
        return { id: email ?? "", email };
    },
    "gcp:serviceaccount/getAccount:getAccount": async (http, args, config) => {
        const given = asText(args["accountId"]);
        const name = given.includes("@") ? given : `${given}@${projectIn(args, config)}.iam.gserviceaccount.com`;
        const remote = await http.call("GET", `https://iam.googleapis.com/v1/projects/-/serviceAccounts/${name}`);
        const email = asText(remote["email"]);
        return {
            ...args,
            id: remote["name"] ?? "",
            name: remote["name"] ?? "",
            email,
            member: `serviceAccount:${email}`,
            uniqueId: remote["uniqueId"] ?? "",
            displayName: remote["displayName"] ?? "",
            disabled: remote["disabled"] ?? false,
        };
    },
    "gcp:storage/getProjectServiceAccount:getProjectServiceAccount": async (http, args, config) => {
        const id = projectIn(args, config);
        const remote = await http.call(
            "GET",
            `https://storage.googleapis.com/storage/v1/projects/${id}/serviceAccount`,
        );
        const email = asText(remote["email_address"]);
        return { ...args, id: email, project: id, emailAddress: email, member: `serviceAccount:${email}` };
    },
    "gcp:organizations/getProjects:getProjects": projects,
    "gcp:projects/getProject:getProject": projects,
    "gcp:compute/getDefaultServiceAccount:getDefaultServiceAccount": async (http, args, config) => {
        const project = projectIn(args, config);
        const { defaultServiceAccount } = await http.call(
            "GET",
            `https://compute.googleapis.com/compute/v1/projects/${project}`,
        );
        const accounts = "https://iam.googleapis.com/v1/projects/-/serviceAccounts/";
        const remote = await http.call("GET", `${accounts}${asText(defaultServiceAccount)}`);
        const email = asText(remote["email"]);
        return {
            id: remote["name"] ?? "",
            name: remote["name"] ?? "",
            project,
            email,
            member: `serviceAccount:${email}`,
            uniqueId: remote["uniqueId"] ?? "",
            displayName: remote["displayName"] ?? "",
        };
    },
    "gcp:compute/getRegions:getRegions": places("regions"),
    "gcp:compute/getZones:getZones": places("zones"),
    "gcp:secretmanager/getSecretVersion:getSecretVersion": secretVersion,
    "gcp:secretmanager/getSecretVersionAccess:getSecretVersionAccess": secretVersion,
    "gcp:artifactregistry/getDockerImage:getDockerImage": async (http, args, config) => {
        const [project, location] = [projectIn(args, config), asText(args["location"] ?? config["region"])];
        const [repository, image] = [asText(args["repositoryId"]), asText(args["imageName"])];
        const parent = `projects/${project}/locations/${location}/repositories/${repository}`;
        await http.call("GET", `https://artifactregistry.googleapis.com/v1/${parent}`);
        // A repository of the sandbox holds no images, so that the digest is made from the name.
        const digest = `sha256:${createHash("sha256").update(`${parent}/${image}`).digest("hex")}`;
        const [name = "", tag] = image.split(/[:@]/);
        const id = `${parent}/dockerImages/${name}@${digest}`;
        const time = "2020-01-01T00:00:00Z";
        return {
            ...args,
            id,
            name: id,
            project,
            location,
            selfLink: `${location}-docker.pkg.dev/${project}/${repository}/${name}@${digest}`,
            tags: tag === undefined ? [] : [tag],
            imageSizeBytes: "1",
            mediaType: "application/vnd.docker.distribution.manifest.v2+json",
            buildTime: time,
            updateTime: time,
            uploadTime: time,
        };
    },
};

/** The tokens of all of them. */
export const functionTokens = Object.keys(functions);

/** Whether a token names a function that can be called here. */
export function knowsFunction(token: string): boolean {
    return token in functions;
}

/** Calls a function. Throws, and names the function, if Google Cloud refuses the request. */
export async function invoke(http: Http, token: string, args: Properties, config: Properties): Promise<Properties> {
    const call = functions[token];
    if (call === undefined) {
        throw new ProviderError(`no function ${token}`);
    }
    try {
        return await call(http, args, config);
    } catch (error) {
        throw error instanceof CloudError
            ? new CloudError(error.httpStatus, error.status, `${token}: ${error.message}`)
            : error;
    }
}
