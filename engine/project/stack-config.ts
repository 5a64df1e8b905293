import { existsSync } from "node:fs";

import { didYouMean } from "../../common";
import { ProjectError } from "../errors";
import { Crypter, passphraseOf } from "../state";
import { configValue, qualify } from "./config-schema";
import type { ConfigValue } from "./config-value";
import { isMap, mapAt, parseYaml, type Yaml } from "./pulumi-yaml";
import { messageOf } from "../../errors";

/** What the configuration file of a stack says. */
export interface StackConfig {
    config: Record<string, ConfigValue>;
    warnings: string[];
}

/**
 * Reads `Pulumi.<stack>.yaml`, which a stack need not have. Throws if a secret cannot be read, or if the file takes
 * values from Pulumi ESC, which only Pulumi Cloud serves.
 */
export async function readStackConfig(
    file: string,
    project: string,
    environment: Record<string, string | undefined>,
): Promise<StackConfig> {
    if (!existsSync(file)) {
        return { config: {}, warnings: [] };
    }
    const yaml = mapAt(parseYaml(file) ?? {}, file);
    refuseEnvironments(yaml["environment"], file);
    const unknown = Object.keys(yaml).filter((key) => !KEYS.includes(key));
    const entries = Object.entries(mapAt(yaml["config"] ?? {}, `${file}: config`));
    const crypter = await crypterFor(entries, yaml, file, environment);
    const empty = entries.filter(([, value]) => value === null).map(([key]) => `"${key}"`);
    return {
        config: Object.fromEntries(
            entries.map(([key, value]) => {
                const revealed =
                    crypter !== undefined && holdsSecret(value)
                        ? { ...configValue(decryptIn(value, crypter, `${file}: ${key}`)), secret: true }
                        : configValue(value ?? "");
                return [qualify(project, key), revealed];
            }),
        ),
        warnings: [
            ...unknown.map((key) => `${file}: ${unknownKey(key)}`),
            ...(empty.length === 0
                ? []
                : [`${file}: no value for ${empty.join(", ")}, which is taken as the empty text; write "" to say so`]),
        ],
    };
}

/** https://www.pulumi.com/docs/iac/concepts/projects/stack-settings-file/ */
const KEYS = ["config", "encryptedkey", "encryptionsalt", "environment", "secretsprovider"];

/** What is wrong with a key that neither Pulumi nor this engine reads. */
function unknownKey(key: string): string {
    const meant = didYouMean(key, KEYS);
    const place = meant === "" ? `; if it is configuration, write it below config` : meant;
    return `"${key}" is no key of this file, and is not read${place}`;
}

function refuseEnvironments(environment: Yaml | undefined, file: string): void {
    if (environment === undefined || environment === null) {
        return;
    }
    if (Array.isArray(environment) && environment.length === 0) {
        return;
    }
    throw new ProjectError(`${file}: environment takes values from Pulumi ESC, which is not reached here`, {
        fix: "give them with --config, and name a file without it with --config-file",
    });
}

async function crypterFor(
    entries: [string, Yaml][],
    { encryptionsalt: salt, secretsprovider: provider }: Record<string, Yaml>,
    file: string,
    environment: Record<string, string | undefined>,
): Promise<Crypter | undefined> {
    const secure = entries.filter(([, value]) => holdsSecret(value)).map(([key]) => key);
    if (secure.length === 0) {
        return undefined;
    }
    if (typeof salt !== "string") {
        throw new ProjectError(
            `${file}: ${secure.join(", ")} is secret, ${
                typeof provider === "string" && provider !== "passphrase" ? `by ${provider}` : "without encryptionsalt"
            }`,
            {
                fix: "only secrets by passphrase can be read here: give it with --config, or change the provider with pulumi stack change-secrets-provider passphrase",
            },
        );
    }
    const passphrase = passphraseOf(environment);
    if (passphrase === undefined) {
        throw new ProjectError(`${file}: ${secure.join(", ")} is secret`, {
            fix: "set PULUMI_CONFIG_PASSPHRASE or PULUMI_CONFIG_PASSPHRASE_FILE",
        });
    }
    try {
        return await Crypter.open(passphrase, salt);
    } catch (error) {
        throw new ProjectError(`${file}: ${messageOf(error)}`, { cause: error });
    }
}

/** Whether a value is a secret, or holds one. It is then secret as a whole. */
function holdsSecret(value: Yaml): boolean {
    if (value === null || typeof value !== "object") {
        return false;
    }
    return isSecure(value) || Object.values(value).some(holdsSecret);
}

function isSecure(value: Yaml): value is { secure: string } {
    return isMap(value) && typeof value["secure"] === "string" && Object.keys(value).length === 1;
}

function decryptIn(value: Yaml, crypter: Crypter, where: string): Yaml {
    if (isSecure(value)) {
        try {
            return crypter.decrypt(value.secure);
        } catch {
            throw new ProjectError(`${where}: the secret cannot be decrypted`, {
                fix: "set it again with gcp-invoke sandbox config set KEY --secret",
            });
        }
    }
    if (Array.isArray(value)) {
        return value.map((member) => decryptIn(member, crypter, where));
    }
    if (!isMap(value)) {
        return value;
    }
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, decryptIn(member, crypter, where)]));
}
