/** An HTTP call with its receivers, its `auth` and its headers, as checks and injector see it. */
export {
    argumentOf,
    argumentOrUnknown,
    authEntry,
    type AuthUse,
    type CallSite,
    callSite,
    shownCall,
    type TokenFields,
} from "./call-site";
export {
    alwaysSendsCredential,
    credentialSent,
    hasAuthInHeaders,
    headerSpan,
    maySend,
    runsWithHeader,
} from "./headers";
