import { createLocalJWKSet, errors, jwtVerify, type JSONWebKeySet } from "jose";
import type { Cloud } from "../../../cloud";
import type { Json } from "../../framework";
import type { Provider } from "../../iam";
import { Refused } from "./refused";
import type { Target } from "./target";

const day = 24 * 3600;

/**
 * The keys of an issuer: those in the provider's settings, or else the sandbox's own, because nothing leaves it. It signs in the
 * name of such an issuer, as `issueToken` does.
 */
function keysOf({ oidc }: Provider, cloud: Cloud): JSONWebKeySet {
    return oidc?.jwksJson === undefined ? cloud.tokens.jwks() : (JSON.parse(oidc.jwksJson) as JSONWebKeySet);
}

/** The claims of a token. @throws Refused if it is not one of the provider's issuer, for the provider, now */
export async function oidcAssertion(token: string, { provider, name }: Target, cloud: Cloud): Promise<Json> {
    const { issuerUri = "", allowedAudiences = [] } = provider.oidc ?? {};
    const audiences = allowedAudiences.length > 0 ? allowedAudiences : [name, `https:${name}`];
    try {
        const { payload } = await jwtVerify(token, createLocalJWKSet(keysOf(provider, cloud)), {
            algorithms: ["RS256", "ES256"],
            issuer: issuerUri,
            audience: audiences,
            currentDate: new Date(cloud.clock.now()),
            clockTolerance: 60,
            requiredClaims: ["exp", "iat", "sub"],
        });
        if (Number(payload.exp) - Number(payload.iat) > day) {
            throw new Refused("invalid_grant", "The ID Token's lifetime is longer than 24 hours.");
        }
        return payload;
    } catch (error) {
        if (error instanceof errors.JWTClaimValidationFailed && error.claim === "aud") {
            throw new Refused(
                "invalid_grant",
                `The audience in ID Token [${String(error.payload.aud)}] does not match the expected audience ${audiences.join(" or ")}.`,
            );
        }
        if (error instanceof errors.JOSEError) {
            throw new Refused("invalid_grant", `Error connecting to the given credential: ${error.message}.`);
        }
        throw error;
    }
}
