export { identityApis, registerIdentityApis } from "./apis";
