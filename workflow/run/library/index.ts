/** The standard library of Workflows. */
export { CLOUD_PLATFORM, scopesOf } from "./auth";
export { withQuery } from "./body";
export { define } from "./define";
export { host } from "./host";
export { type RequestArguments, requestOf, sendRequest } from "./http";
export { LIBRARY } from "./standard-library";
export { utf8 } from "./text";
