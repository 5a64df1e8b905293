import { ProviderError } from "../errors";
import { type Properties, text } from "../values";
import { CloudError, type Http } from "./http";

type Invoke = (http: Http, args: Properties, config: Properties) => Promise<Properties>;

const project = (args: Properties, config: Properties): string => {
    const id = args["project"] ?? args["projectId"] ?? config["project"];
    if (typeof id !== "string") {
        throw new ProviderError("no project", { fix: "give one, or set gcp:project in the stack's configuration" });
    }
    return id;
};

/** The functions that stacks of this kind call. */
const functions: Record<string, Invoke> = {
    "gcp:organizations/getProject:getProject": async (http, args, config) => {
        const id = project(args, config);
        const remote = await http.call("GET", `https://cloudresourcemanager.googleapis.com/v1/projects/${id}`);
        return {
            id: `projects/${id}`,
            projectId: id,
            name: remote["name"] ?? id,
            number: text(remote["projectNumber"] ?? ""),
            labels: remote["labels"] ?? {},
        };
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
        return { id: text(email), email: text(email) };
    },
    "gcp:serviceaccount/getAccount:getAccount": async (http, args, config) => {
        const given = text(args["accountId"]);
        const name = given.includes("@") ? given : `${given}@${project(args, config)}.iam.gserviceaccount.com`;
        const remote = await http.call("GET", `https://iam.googleapis.com/v1/projects/-/serviceAccounts/${name}`);
        const email = text(remote["email"]);
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
        const id = project(args, config);
        const remote = await http.call(
            "GET",
            `https://storage.googleapis.com/storage/v1/projects/${id}/serviceAccount`,
        );
        const email = text(remote["email_address"]);
        return { ...args, id: email, project: id, emailAddress: email, member: `serviceAccount:${email}` };
    },
    "gcp:cloudrunv2/getService:getService": async (http, args, config) => {
        const id = `projects/${project(args, config)}/locations/${text(args["location"] ?? config["region"])}/services/${text(args["name"])}`;
        const remote = await http.call("GET", `https://run.googleapis.com/v2/${id}`);
        return { ...remote, ...args, id };
    },
};

/** Whether a token is a function that can be called here. */
export function knowsFunction(token: string): boolean {
    return token in functions;
}

/** Calls a function. Throws, naming what was asked for, where Google Cloud refuses. */
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
