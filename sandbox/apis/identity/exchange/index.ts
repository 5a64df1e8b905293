/** What the Security Token Service does with credentials of each kind of provider. */
export { awsAssertion } from "./aws";
export { oidcAssertion } from "./oidc";
export { principalOf } from "./principal";
export { Refused } from "./refused";
export { samlAssertion } from "./saml";
export { targetOf, type Target } from "./target";
export { x509Assertion } from "./x509";
