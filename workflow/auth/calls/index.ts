/** An HTTP call with its receivers, its `auth` and its headers, as checks and injector see it. */
export { authEntry, type CallSite, callSite, written } from "./call-site";
export { credentialSent, hasAuthInHeaders, headerSpan, sends, tokenHeaders } from "./headers";
