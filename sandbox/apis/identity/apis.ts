import type { Cloud } from "../../cloud";
import { makeDefaultAccount } from "../act-as";
import { accountsApi, certsApi, gstaticApi } from "./certs";
import type { ApiDefinition } from "../framework";
import { iamApi } from "../iam";
import { iamCredentialsApi } from "./iamcredentials";
import { oauth2Api } from "./oauth2";
import { openIdConnectApi } from "./openidconnect";
import { stsApi } from "./sts";

/** The APIs of identity. */
export const identityApis: ApiDefinition[] = [
    iamApi,
    iamCredentialsApi,
    oauth2Api,
    openIdConnectApi,
    certsApi,
    accountsApi,
    gstaticApi,
    stsApi,
];

/** Adds the APIs of identity, and makes the default account of the project. */
export function registerIdentityApis(cloud: Cloud): void {
    for (const api of identityApis) {
        cloud.apis.serve(api);
    }
    makeDefaultAccount(cloud.settings.project, cloud);
}
