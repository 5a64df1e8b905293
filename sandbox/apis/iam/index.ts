/** `iam.googleapis.com`. */
export { iamApi } from "./api";
export { accountName, accountType } from "./names";
export { pools, type Provider, providers } from "./pools";
