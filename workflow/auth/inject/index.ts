/** The injector: it plans, writes and verifies the credentials that calls lack. */
export { type Change, injectAuth, type Injection, type LeftCall, planInjection, unreadable } from "./inject";
