import { type Cloud, ApiError } from "../../cloud";
import { findAccount, type Account } from "../../iam";

export const host = "iam.googleapis.com";
export const accountType = "iam.googleapis.com/ServiceAccount";

/** `projects/P/serviceAccounts/EMAIL`, given that, or `-` for the project, or the unique ID for the email. */
export function accountName(name: string, cloud: Cloud): string {
    const [, project = "", emailOrId = ""] = /^projects\/([^/]+)\/serviceAccounts\/([^/]+)/.exec(name) ?? [];
    const account = findAccount(cloud.store, emailOrId);
    const known = account?.projectId === "" ? undefined : account?.projectId;
    return `projects/${known ?? (project === "-" ? cloud.settings.project : project)}/serviceAccounts/${account?.email ?? emailOrId}`;
}

/** The account that a name names. @throws ApiError NOT_FOUND if there is none, or it is in another project */
export function requireAccount(name: string, cloud: Cloud): Account {
    const [, project = "", emailOrId = ""] = /^projects\/([^/]+)\/serviceAccounts\/([^/]+)/.exec(name) ?? [];
    const account = findAccount(cloud.store, emailOrId);
    if (!account || (project !== "-" && project !== account.projectId)) {
        throw new ApiError("NOT_FOUND", `Unknown service account: ${name}`);
    }
    return account;
}
