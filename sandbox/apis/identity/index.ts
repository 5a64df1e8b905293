/** The APIs that tell who somebody is, and make credentials. */
export { identityApis, registerIdentityApis } from "./apis";
export { iap, iapSettingsOf } from "./iap";
export { gcloudClients } from "./oauth2";
