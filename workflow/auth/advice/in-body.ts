import type { TokenFields } from "../calls";
import type { Said } from "./said";

/** Rewords advice about the `auth` of a call for a body that has the credential, such as `oidcToken`. */
export function inBody([what, fix, ...severity]: Said, fields: TokenFields | undefined): Said {
    if (fields === undefined) {
        return [what, fix, ...severity];
    }
    const told = what
        .replace(" an auth that ", ` ${fields.given} that `)
        .replace(" with auth to ", ` with ${fields.given} to `);
    return [told, fixInBody(fix, fields), ...severity];
}

/** Rewords what to change. */
export function fixInBody(fix: string, fields: TokenFields | undefined): string {
    if (fields === undefined) {
        return fix;
    }
    const { given, OIDC, OAuth2, account } = fields;
    const instead = (name: string): string => (name === given ? "" : ` in place of ${given}`);
    return OAuth2 === undefined && fix.includes("{type: OAuth2")
        ? "give it the URL of a service of yours that makes this call: no access token is sent from here"
        : fix
              .replace(/\b(auth: )?\{type: OIDC(, audience: [^}]*(?:\}'[^}]*)?)?\}/, (_, __, more: string = "") => {
                  return `${OIDC}: {${account}: ACCOUNT${more}}${instead(OIDC)}`;
              })
              .replace(/\b(auth: )?\{type: OAuth2(?:, scopes: ([^}]*))?\}/, (_, __, scope?: string) => {
                  const more = scope === undefined ? "" : `, scope: ${scope}`;
                  return `${OAuth2 ?? ""}: {${account}: ACCOUNT${more}}${instead(OAuth2 ?? "")}`;
              })
              .replace(/\bremove auth\b/, `remove ${given}`)
              .replace(/\bwrite scopes: /, "write scope: ");
}
