/** The standard library. */
export { CLOUD_PLATFORM, scopesOf } from "./auth";
export { define } from "./define";
export { host } from "./host";
export { type RequestArguments, requestOf, sendRequest, withQuery } from "./http";
export { LIBRARY } from "./standard-library";
export { utf8 } from "./text";
