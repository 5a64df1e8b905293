import * as pulumi from "@pulumi/pulumi";
import { ProgramError } from "../errors";
import type { Yaml } from "../project";

/**
 * The value of a key of the configuration, in the type that the program declares. It is secret if the program or the stack's
 * configuration says so.
 * @throws ProgramError if neither the stack nor the program has a value
 */
export function setting(key: string, { type, default: standard, secret }: Record<string, Yaml>): unknown {
    const qualified = key.includes(":") ? key : `${pulumi.getProject()}:${key}`;
    const [space = "", name = ""] = qualified.split(":");
    const raw = new pulumi.Config(space).get(name);
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
