import { ApiError } from "../cloud";
import { findAccount, projectNumberOf } from "../iam";
import { errorInfo, type Call } from "./framework";

/** The account that a workload runs as where none is named: Compute Engine's default one. */
export function defaultServiceAccount(call: Call, project: string): string {
    const { settings, store } = call.cloud;
    return `${projectNumberOf(project, settings, store)}-compute@developer.gserviceaccount.com`;
}

/**
 * Whoever has a resource run as a service account must be allowed to act as that account: otherwise deploying would be
 * a way to any account's permissions. https://cloud.google.com/iam/docs/service-accounts-actas
 * @param account an email, or `projects/P/serviceAccounts/EMAIL`
 * @throws ApiError PERMISSION_DENIED, the same for an account that does not exist [K]
 */
export function checkActAs(call: Call, account: string): void {
    const email = account.slice(account.lastIndexOf("/") + 1);
    const denied = new ApiError(
        "PERMISSION_DENIED",
        `Permission 'iam.serviceaccounts.actAs' denied on service account ${email} (or it may not exist).`,
        [errorInfo("IAM_PERMISSION_DENIED", "iam.googleapis.com", { permission: "iam.serviceAccounts.actAs" })],
    );
    const found = findAccount(call.cloud.store, email);
    if (!found) throw denied;
    try {
        call.authorize(
            "iam.serviceAccounts.actAs",
            `//iam.googleapis.com/projects/${found.projectId}/serviceAccounts/${found.email}`,
            "iam.googleapis.com/ServiceAccount",
        );
    } catch (error) {
        denied.details.push(...(error instanceof ApiError ? error.details : []));
        throw denied;
    }
}
