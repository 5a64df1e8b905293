import * as pulumi from "@pulumi/pulumi";
import { ProgramError } from "../errors";
import type { Yaml } from "../project";

/**
 * The value of a key of the configuration, in the type that the program declares. It is secret if the program or the stack's
 * configuration says so.
 * @throws ProgramError if neither the stack nor the program has a value
 */
export function setting(key: string, { type, default: standard, secret }: Record<string, Yaml>): unknown {
    const qualified = qualifiedKey(key);
    const raw = rawValue(qualified);
    // Without a type, it is that of the default.
    const isText =
        type === undefined
            ? standard === undefined || typeof standard === "string"
            : typeof type === "string" && type.toLowerCase() === "string";
    const known = raw === undefined ? standard : isText ? raw : (JSON.parse(raw) as Yaml);
    if (known === undefined) {
        throw new ProgramError(`configuration ${key} is not set`, {
            fix: `run gcp-invoke sandbox up --config ${key}=VALUE, or give it a default`,
        });
    }
    const secrets = JSON.parse(process.env["PULUMI_CONFIG_SECRET_KEYS"] ?? "[]") as string[];
    return secret === true || secrets.includes(qualified) ? pulumi.secret(known) : known;
}

/** Whether the configuration of the stack has a value for a key. A key without a namespace is in that of the project. */
export function isSet(key: string): boolean {
    return rawValue(qualifiedKey(key)) !== undefined;
}

/**
 * The value of a key that the program does not declare. It is a number, a Boolean, a list or an object if it is written like
 * one, as with Pulumi.
 * @throws ProgramError if the stack has no value
 */
export function undeclaredSetting(key: string): unknown {
    const looksTyped = /^(true|false|0|-?[1-9]\d*|[[{].*)$/s.test(rawValue(qualifiedKey(key)) ?? "");
    return setting(key, looksTyped ? { type: "any" } : {});
}

function qualifiedKey(key: string): string {
    return key.includes(":") ? key : `${pulumi.getProject()}:${key}`;
}

function rawValue(qualified: string): string | undefined {
    const [space = "", name = ""] = qualified.split(":");
    return new pulumi.Config(space).get(name);
}
