import type { ConfigValue } from "./project";
import { hideCredentials, type Properties, secret, type Value } from "./values";

/**
 * The settings of a package's default provider: `gcp:region` as `region`. Dynamic providers get the whole configuration,
 * with full names.
 */
export function providerSettings(config: Record<string, ConfigValue>, pkg: string): Properties {
    const isDynamic = pkg === "pulumi-nodejs";
    const settings = Object.entries(config).flatMap(([key, { value, secret: isSecret }]): [string, Value][] => {
        if (!isDynamic && !key.startsWith(`${pkg}:`)) {
            return [];
        }
        return [[isDynamic ? key : key.slice(pkg.length + 1), isSecret === true ? secret(value) : value]];
    });
    return hideCredentials(Object.fromEntries(settings));
}
