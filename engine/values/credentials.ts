import { type Properties, secret } from "./values";

/** The settings of providers that are secret, whether or not the user marks them as secret. */
const CREDENTIALS = ["accessToken", "credentials"];

/** Whether a setting is a credential, by its name with or without the provider's prefix: `gcp:credentials`. */
export function isCredential(setting: string): boolean {
    return CREDENTIALS.includes(setting.slice(setting.lastIndexOf(":") + 1));
}

/** A provider's settings, in which every credential is marked as secret. */
export function hideCredentials(settings: Properties): Properties {
    return Object.fromEntries(
        Object.entries(settings).map(([key, value]) => [key, isCredential(key) ? secret(value) : value]),
    );
}
