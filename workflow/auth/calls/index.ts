/** An HTTP call with its receivers, its `auth` and its headers, as checks and injector see it. */
export { authEntry, type CallSite, callSite, shownCall, argumentOrUnknown } from "./call-site";
export {
    alwaysSendsCredential,
    credentialSent,
    hasAuthInHeaders,
    headerSpan,
    maySend,
    runsWithHeader,
    tokenHeaders,
} from "./headers";
