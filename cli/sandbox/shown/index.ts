/** How decisions and addresses of a sandbox are shown. */
export { addressesOf, printAddresses } from "./addresses";
export { decisionLine } from "./decision-line";
export { DecisionRows, isTelling } from "./decision-rows";
export { shortMember, shortResource } from "./names";
