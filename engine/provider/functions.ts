import { createHash } from "node:crypto";

import { defined } from "../../common";
import { ProviderError } from "../errors";
import { asText, type Properties } from "../values";
import { CloudError, type Http } from "./http";

type Invoke = (http: Http, args: Properties, config: Properties) => Promise<Properties>;

const projectIn = (args: Properties, config: Properties): string => {
    const id = args["project"] ?? args["projectId"] ?? config["project"];
    if (typeof id !== "string") {
        throw new ProviderError("no project", { fix: "give one, or set gcp:project in the stack's configuration" });
    }
    return id;
};

/** The provider's functions that can be called here, by token. */
const functions: Record<string, Invoke> = {
    "gcp:organizations/getProject:getProject": async (http, args, config) => {
        const id = projectIn(args, config);
        const remote = await http.call("GET", `https://cloudresourcemanager.googleapis.com/v1/projects/${id}`);
        return {
            id: `projects/${id}`,
            projectId: id,
            name: remote["name"] ?? id,
            number: asText(remote["projectNumber"] ?? ""),
            labels: remote["labels"] ?? {},
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
        const { email } = await http.call("GET", "https://openidconnect.googleapis.com/v1/userinfo");
        return { id: asText(email), email: asText(email) };
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
    "gcp:cloudrunv2/getService:getService": async (http, args, config) => {
        const id = `projects/${projectIn(args, config)}/locations/${asText(args["location"] ?? config["region"])}/services/${asText(args["name"])}`;
        const remote = await http.call("GET", `https://run.googleapis.com/v2/${id}`);
        return { ...remote, ...args, id };
    },
};

/** Whether a token names a function that can be called here. */
export function knowsFunction(token: string): boolean {
    return token in functions;
}

/** Calls a function. Throws, and names the function, where Google Cloud refuses the request. */
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
