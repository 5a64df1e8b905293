import { tokenName, type AuthType } from "../receivers";
import type { Said } from "./said";

const declare = "add the receiver to targets";

/** A credential that is missing, of the wrong type, or for nobody. `call` is `call "name"`, `to` names the receiver. */
export const credentialAdvice = {
    "missing-auth/token": (call: string, to: string, needed: AuthType, fix: string): Said => [
        `${call} sends no credential to ${to}, which needs ${tokenName(needed)}`,
        fix,
    ],
    "missing-auth/headers": (call: string, to: string, needed: AuthType, fix: string): Said => [
        `${call} may send no credential to ${to}, which needs ${tokenName(needed)}: the names of its headers are not known`,
        `${fix}; if a header is the credential, write its name out`,
        "warning",
    ],
    "missing-auth/sometimes": (call: string, to: string, needed: AuthType, fix: string): Said => [
        `${call} sends a credential only in some runs to ${to}, which needs ${tokenName(needed)}: one path to the call sets it, another does not`,
        `set it on every path to the call; or set it on none, and ${fix}`,
        "warning",
    ],
    "missing-auth/misplaced": (call: string, to: string, fix: string): Said => [
        `${call} has auth among its headers, which is no credential for ${to}`,
        `take it out of the headers, and ${fix} beside url`,
    ],
    "missing-auth/opened": (call: string, to: string, step: string, fix: string): Said => [
        `${call} sends no credential to ${to}, which step "${step}" lets everyone invoke`,
        `grant the role to the account of this workflow in "${step}" in place of everyone, and ${fix}`,
        "warning",
    ],
    "missing-auth/secret": (call: string, to: string, header: string): Said => [
        `${call} sends no ${header} header to ${to}, which needs a secret in it`,
        `read the secret and send it in the header ${header}`,
    ],
    "missing-auth/secret-sometimes": (call: string, to: string, header: string): Said => [
        `${call} may send no ${header} header to ${to}, which needs a secret in it`,
        `read the secret, and send it in the header ${header} on every path to the call; write the names of the headers out`,
        "warning",
    ],
    "missing-auth/open": (call: string, to: string): Said => [
        `${call} sends no credential to ${to}, which is open unless IAP is before it`,
        "declare it as a target: of kind iap with IAP's client ID as its audience, or of kind app-engine if it is open",
        "info",
    ],
    "other-universe/auth": (call: string, to: string, universe: string): Said => [
        `${call} goes with auth to ${to}, which is of the universe ${universe}`,
        `set the universe domain to ${universe} if the workflow runs there, otherwise remove auth`,
    ],
    "other-universe/bare": (call: string, to: string, universe: string): Said => [
        `${call} goes to ${to}, which is of the universe ${universe}`,
        `set the universe domain to ${universe} if the workflow runs there, otherwise declare it as an external target`,
        "warning",
    ],
    "undeclared-target/bare": (call: string, to: string, needed: AuthType): Said => [
        `${call} sends no credential to ${to}, which needs ${tokenName(needed)} and is not in targets`,
        declare,
    ],
    "undeclared-target/token": (call: string, to: string, type: AuthType): Said => [
        `${call} sends ${tokenName(type)} to ${to}, which is not in targets`,
        declare,
    ],
    "wrong-auth-type/access-token": (call: string, to: string, fix: string): Said => [
        `${call} sends an access token to ${to}, which needs an ID token`,
        fix,
    ],
    "wrong-auth-type/id-token": (call: string, to: string, fix: string): Said => [
        `${call} sends an ID token to ${to}, which needs an access token`,
        fix,
    ],
    "wrong-auth-type/none-needed": (call: string, to: string): Said => [
        `${call} sends an ID token to ${to}, which takes no token at this path`,
        "remove auth",
    ],
    "token-leak/external": (call: string, to: string): Said => [
        `${call} sends an access token to ${to}`,
        "remove auth, and send what this receiver takes in a header; if it is behind IAP or a domain of Cloud Run, declare it as a target",
    ],
    "token-leak/impersonated": (call: string, header: string, to: string, account: string): Said => [
        `${call} sends an access token of ${account} to ${to}, in ${header}`,
        "remove the header, and send what this receiver takes; if it is a domain of Cloud Run or behind IAP, an ID token from generateIdToken",
    ],
    "token-leak/target": (call: string, to: string): Said => [
        `${call} sends an access token to ${to}`,
        "remove auth: this target takes no token of Google's",
    ],
    "id-token-elsewhere/external": (call: string, to: string): Said => [
        `${call} sends an ID token to ${to}`,
        "declare the receiver as a target if it is behind IAP or a domain of Cloud Run; remove auth if it is not yours",
    ],
    "insecure-scheme/credential": (call: string, to: string): Said => [
        `${call} goes to ${to} without TLS, with a credential`,
        "write https:",
        "error",
    ],
    "insecure-scheme/bare": (call: string, to: string): Said => [`${call} goes to ${to} without TLS`, "write https:"],
    "insecure-scheme/private": (call: string, to: string): Said => [
        `${call} goes to ${to} without TLS, in a private network`,
        "write https: if the receiver has a certificate; otherwise say above it who can read the request: # gcp-invoke-ignore insecure-scheme: reason",
    ],
    "insecure-scheme/metadata": (call: string): Said => [
        `${call} asks a metadata server, which Workflows does not have`,
        "remove the step, and give auth to the calls that need a token",
        "error",
    ],
};

const undeclared = (mayLeak: boolean): string => (mayLeak ? ", and can go to a receiver that is not in targets" : "");

/** An `auth` section that is wrong in itself. `fix` is what belongs there. */
export const authAdvice = {
    "invalid-auth/null": (call: string, fix: string): Said => [`${call} has auth: null`, fix],
    "invalid-auth/no-map": (call: string, fix: string): Said => [`${call} has an auth that is no map`, fix],
    "invalid-auth/unresolved": (call: string, fix: string, mayLeak: boolean): Said => [
        `${call} has an auth that cannot be resolved${undeclared(mayLeak)}`,
        fix,
        mayLeak ? "error" : "warning",
    ],
    "invalid-auth/no-type": (call: string, fix: string): Said => [
        `${call} has no auth type; the types are OIDC and OAuth2`,
        fix,
    ],
    "invalid-auth/type": (call: string, type: string, fix: string): Said => [
        `${call} has auth type "${type}"; the types are OIDC and OAuth2`,
        fix,
    ],
    "invalid-auth/type-unresolved": (call: string, fix: string, mayLeak: boolean): Said => [
        `${call} has an auth type that cannot be resolved${undeclared(mayLeak)}`,
        fix,
        mayLeak ? "error" : "warning",
    ],
    "invalid-auth/scope": (call: string): Said => [`${call} has scope and scopes`, "keep scopes"],
    "invalid-auth/audience": (call: string): Said => [
        `${call} has an audience with type OAuth2; access tokens have scopes`,
        "remove audience",
    ],
    "missing-scope/default": (call: string, host: string, fix: string): Said => [
        `${call} asks for the default scope, cloud-platform, which does not open this method of ${host}`,
        fix,
    ],
    "missing-scope/given": (call: string, host: string, fix: string): Said => [
        `${call} asks for scopes that do not open this method of ${host}`,
        fix,
    ],
    "missing-scope/method": (call: string, host: string, fix: string, given: boolean): Said => [
        `${call} asks for ${given ? "scopes that open" : "the default scope, cloud-platform, which opens"} no method of ${host}`,
        fix,
    ],
    "missing-scope/connector": (call: string, connector: string, scope: string): Said => [
        `${call} asks for scopes that do not open ${connector}`,
        `write scopes: ${scope} in connector_params, or leave them out`,
    ],
    "unknown-scope/text": (call: string, text: string, nearest: string): Said => [
        `${call} asks for "${text}", which is no scope`,
        `write ${nearest}`,
    ],
    "unknown-scope/unlisted": (call: string, text: string, nearest: string): Said => [
        `${call} asks for "${text}", which is in no discovery document of Google's`,
        `write ${nearest}; if the API's reference names it, say so above it: # gcp-invoke-ignore unknown-scope: reason`,
        "warning",
    ],
    "unknown-scope/empty": (call: string): Said => [
        `${call} has scopes that are empty, or no text`,
        "write the scopes that the call needs, or leave them out",
    ],
    "broad-scope/cloud-platform": (call: string, host: string, scope: string): Said => [
        `${call} asks for the scope cloud-platform; ${host} has narrower ones`,
        `write scopes: ${scope}, if that is enough`,
    ],
};
