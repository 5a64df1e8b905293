/** The OAuth scopes of Google's APIs: which there are, and which of them open a call. */
export { acceptedByCall, mayReach, narrowestScopes, opens, type Scopes, scopesIn } from "./call-scopes";
export { narrowerScope } from "./narrower";
export { type Accepted, acceptedBy, ANYTHING, CLOUD_PLATFORM, isScope, nearestScope, SEGMENT } from "./scope-table";
