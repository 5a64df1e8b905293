import { ApiError, type Cloud, type Store } from "../cloud";
import { accountCollection, defaultAccountCollection, digits, findAccount, projectNumberOf } from "../iam";
import { errorInfo, type Call } from "./framework";

/** The account that a workload runs as if it names none: Compute Engine's default one, which is made if it is missing. */
export function defaultServiceAccount(call: Call, project: string): string {
    return makeDefaultAccount(project, call.cloud);
}

/**
 * The email of a project's default account, which is made if it is missing: Google makes it as Compute Engine is enabled. It has no role: projects made since 2024 grant it none. One that was deleted stays so.
 */
export function makeDefaultAccount(project: string, cloud: Pick<Cloud, "settings" | "store">): string {
    const number = projectNumberOf(project, cloud.settings, cloud.store);
    return makeAccount(cloud.store, project, `${number}-compute@developer`, "Compute Engine default service account");
}

/** The account that a function of the 1st generation runs as if it names none: App Engine's, made at its first use. */
export function appEngineAccount({ cloud }: Call, project: string): string {
    return makeAccount(cloud.store, project, `${project}@appspot`, "App Engine default service account");
}

function makeAccount(store: Store, project: string, account: string, displayName: string): string {
    const email = `${account}.gserviceaccount.com`;
    const name = `projects/${project}/serviceAccounts/${email}`;
    if (store.get(defaultAccountCollection, email) !== undefined) {
        return email;
    }
    const uniqueId = digits(email);
    store.put(defaultAccountCollection, email, name);
    store.put(accountCollection, name, {
        name,
        projectId: project,
        uniqueId,
        email,
        displayName,
        oauth2ClientId: uniqueId,
    });
    return email;
}

/**
 * Who deploys a resource that runs as a service account must be allowed to act as it. Otherwise a deployment would be
 * a way to the permissions of any account. https://cloud.google.com/iam/docs/service-accounts-actas
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
    if (!found) {
        throw denied;
    }
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
