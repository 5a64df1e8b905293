import { readFileSync } from "node:fs";
import { defined, makePrivateFolder } from "../../common";
import type { ClientMode } from "../../sandbox";
import type { ControlClient } from "../../sandbox/light";
import { strays } from "../../sandbox/light";
import type { StateFolder } from "./state-folder";

/** Who a client is, and how it reaches the sandbox. */
export interface ClientOptions {
    /** @default - the project's owner */
    as?: string;
    /** Where it acts as if it ran, such as `compute-engine`. @default "cloud-run" */
    on?: string;
    /** @default "proxy" */
    mode?: ClientMode;
    keepBackend?: boolean;
}

/** The variables for a client of a sandbox that another process runs. */
export async function runningEnvironment(
    folder: StateFolder,
    client: ControlClient,
    options: ClientOptions,
): Promise<Record<string, string | undefined>> {
    const { as, mode, on } = options;
    const body = defined({ as, mode, on });
    const { variables } = await client.call("POST", "/v1/environment", body);
    return clientEnvironment(folder, variables as Record<string, string | null>, options);
}

/**
 * The variables for a client beside those of the sandbox: tools that keep a state of their own keep it inside the
 * sandbox's, so that no fake resource gets into a real backend. `undefined` takes a variable away.
 */
export function clientEnvironment(
    folder: StateFolder,
    variables: Record<string, string | null | undefined>,
    options: Pick<ClientOptions, "as" | "keepBackend"> = {},
): Record<string, string | undefined> {
    const pulumi = folder.file("pulumi");
    makePrivateFolder(pulumi, folder.path);
    // JSON has no undefined, so the control API sends null.
    const given = Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, value ?? undefined]));
    const { GOOGLE_APPLICATION_CREDENTIALS: own } = process.env;
    if (/^(allUsers|arn:.*)$/.test(options.as ?? "") && own !== undefined && isFederation(own)) {
        given.GOOGLE_APPLICATION_CREDENTIALS = own;
    }
    return {
        ...strays(process.env),
        ...given,
        ...java(process.env.JAVA_TOOL_OPTIONS, given.JAVA_TOOL_OPTIONS),
        ...(options.keepBackend ? {} : backend(pulumi)),
    };
}

/** Whether a file says how a credential of another cloud is exchanged. It holds no secret, and whoever calls from there needs it. */
function isFederation(path: string): boolean {
    try {
        return (JSON.parse(readFileSync(path, "utf8")) as { type?: unknown }).type === "external_account";
    } catch {
        return false;
    }
}

/** The agents and settings of a JVM stay. If two settings contradict each other, the JVM uses the later one. */
function java(preset: string | undefined, own: string | undefined): Record<string, string> {
    if (own === undefined) {
        return {};
    }
    return { JAVA_TOOL_OPTIONS: preset === undefined || preset === own ? own : `${preset} ${own}` };
}

/** Where Pulumi keeps its state and its credentials. Variables that could lead it to another place are removed. */
function backend(folder: string): Record<string, string | undefined> {
    const { PULUMI_CONFIG_PASSPHRASE: passphrase, PULUMI_CONFIG_PASSPHRASE_FILE: passphraseFile } = process.env;
    return {
        PULUMI_BACKEND_URL: `file://${folder}`,
        // Where `pulumi login` writes: https://www.pulumi.com/docs/iac/cli/environment-variables/ [K].
        PULUMI_CREDENTIALS_PATH: folder,
        PULUMI_ACCESS_TOKEN: undefined,
        PULUMI_API: undefined,
        // These states protect nothing, because their secrets are the sandbox's. The state of a program has a
        // passphrase of its own.
        ...(passphrase === undefined && passphraseFile === undefined && { PULUMI_CONFIG_PASSPHRASE: "sandbox" }),
    };
}

/**
 * The process of a program gets the environment of this process, with these variables in place of its own. Variables
 * that could hold a real credential are removed from this process, so that no program gets them.
 */
export function onlyGiven(variables: Record<string, string | undefined>): Record<string, string> {
    const given: Record<string, string> = {};
    for (const [name, value] of Object.entries(variables)) {
        if (value === undefined) {
            Reflect.deleteProperty(process.env, name);
        } else {
            given[name] = value;
        }
    }
    return given;
}
