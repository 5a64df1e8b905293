/** The APIs that identify principals and make credentials. */
export { identityApis, registerIdentityApis } from "./apis";
export { iap, iapSettingsOf } from "./iap";
export { gcloudClients } from "./oauth2";
