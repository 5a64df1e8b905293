import type { Cloud } from "../cloud";
import { accountCollection, defaultAccountCollection, digits, projectNumberOf } from "../iam";
import { accountsApi, certsApi, gstaticApi } from "./certs";
import { iamApi } from "./iam";
import { iamCredentialsApi } from "./iamcredentials";
import { oauth2Api } from "./oauth2";
import { openIdConnectApi } from "./openidconnect";
import { stsApi } from "./sts";

/** Adds the APIs that say who is who, and the default account that Google makes in each project. */
export function registerIdentityApis(cloud: Cloud): void {
    for (const api of [
        iamApi,
        iamCredentialsApi,
        oauth2Api,
        openIdConnectApi,
        certsApi,
        accountsApi,
        gstaticApi,
        stsApi,
    ])
        cloud.apis.serve(api);
    makeDefaultAccount(cloud.settings.project, cloud);
}

/** The account that workloads run as when none is named. It has no role: projects made since 2024 grant it none. */
export function makeDefaultAccount(project: string, { settings, store }: Pick<Cloud, "settings" | "store">): void {
    const email = `${projectNumberOf(project, settings, store)}-compute@developer.gserviceaccount.com`;
    const name = `projects/${project}/serviceAccounts/${email}`;
    if (store.get(accountCollection, name) !== undefined) return;
    const uniqueId = digits(email);
    store.put(defaultAccountCollection, email, name);
    store.put(accountCollection, name, {
        name,
        projectId: project,
        uniqueId,
        email,
        displayName: "Compute Engine default service account",
        oauth2ClientId: uniqueId,
    });
}
