import { failure, type RuntimeMap, type RuntimeValue, typeName } from "../values";
import type { Auth } from "../host";

export const CLOUD_PLATFORM = "https://www.googleapis.com/auth/cloud-platform";
const KEYS: Readonly<Record<string, readonly string[]>> = {
    OIDC: ["type", "audience"],
    OAuth2: ["type", "scope", "scopes"],
};

/**
 * The credential that `auth` asks for. The default of `audience` is the URL, the default of `scopes` is cloud-platform [K].
 * https://cloud.google.com/workflows/docs/authenticate-from-workflow
 * @throws WorkflowError `ValueError` if this receiver must not get the credential
 */
export function readAuth(auth: RuntimeMap, url: string): Auth {
    const type = auth.get("type");
    const keys = typeof type === "string" ? KEYS[type] : undefined;
    if (keys === undefined || (type !== "OIDC" && type !== "OAuth2")) {
        throw failure(
            "ValueError",
            `auth: type must be OIDC or OAuth2, got: ${typeof type === "string" ? `"${type}"` : typeName(type ?? null)}`,
        );
    }
    for (const key of auth.keys()) {
        if (!keys.includes(key)) {
            throw failure(
                "ValueError",
                `auth: "${key}" does not go with the type ${type}, which takes ${keys.join(", ")}`,
            );
        }
    }
    const { protocol, hostname } = new URL(URL.canParse(url) ? url : "http://invalid");
    if (protocol !== "https:") {
        throw failure("ValueError", `auth is sent to https URLs only, got: ${url}`);
    }
    if (type === "OIDC") {
        return { type, audience: requiredText("audience", auth.get("audience") ?? url) };
    }
    if (!hostname.endsWith(".googleapis.com")) {
        throw failure(
            "ValueError",
            `auth of type OAuth2 is sent to hosts that end with .googleapis.com only, got: ${hostname}; use OIDC`,
        );
    }
    if (auth.has("scope") && auth.has("scopes")) {
        throw failure("ValueError", "auth: use scope or scopes, not both");
    }
    return { type, scopes: scopesOf(auth.get("scope") ?? auth.get("scopes") ?? CLOUD_PLATFORM) };
}

/** Scopes that are given as a list, or as a text with spaces or commas between them. */
export function scopesOf(value: RuntimeValue): string[] {
    const scopes = Array.isArray(value)
        ? value.map((each) => requiredText("scopes", each))
        : requiredText("scopes", value)
              .split(/[\s,]+/)
              .filter((each) => each !== "");
    return scopes.length === 0 ? [CLOUD_PLATFORM] : scopes;
}

function requiredText(key: string, value: RuntimeValue): string {
    if (typeof value !== "string") {
        throw failure("TypeError", `auth: ${key} must be text, got: ${typeName(value)}`);
    }
    return value;
}
