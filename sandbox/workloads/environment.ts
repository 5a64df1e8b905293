import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { makePrivateFolder } from "../../common";
import { childEnvironment } from "../environment";
import { nodeOptions } from "../guard";

/**
 * Variables of this machine that programs need to be found and to run, and that hold no credential. A workload sees no
 * other one, as a container on Cloud Run does; `environment` in `sandbox.yaml` names more.
 */
const OF_THIS_MACHINE =
    /^(PATH|PATHEXT|SYSTEMROOT|SYSTEMDRIVE|WINDIR|COMSPEC|PROGRAMFILES.*|PROGRAMDATA|NUMBER_OF_PROCESSORS|PROCESSOR_.*|OS|TEMP|TMP|TMPDIR|LANG|LANGUAGE|LC_.*|TZ|TERM|COLORTERM|FORCE_COLOR|NO_COLOR|USER|USERNAME|LOGNAME|SHELL|LD_LIBRARY_PATH|DYLD_.*|NODE_(OPTIONS|PATH|ENV|COMPILE_CACHE)|VIRTUAL_ENV|PYTHON(PATH|HOME|USERBASE)|JAVA_HOME|GO(ROOT|PATH|CACHE|MODCACHE|FLAGS)|(CARGO|RUSTUP|GEM)_HOME|DOTNET_ROOT|(PYENV|RBENV)_ROOT|NVM_DIR|ASDF_(DIR|DATA_DIR)|VOLTA_HOME|XDG_CACHE_HOME)$/i;

/** Where tools keep what they have downloaded and built, which has no credential and takes long to make again. */
const OF_TOOLS: Record<string, string> = {
    GOPATH: "go",
    CARGO_HOME: ".cargo",
    RUSTUP_HOME: ".rustup",
    PYTHONUSERBASE: ".local",
    PYENV_ROOT: ".pyenv",
    RBENV_ROOT: ".rbenv",
    NVM_DIR: ".nvm",
    ASDF_DATA_DIR: ".asdf",
    VOLTA_HOME: ".volta",
    ...(process.platform === "darwin" ? { GOCACHE: "Library/Caches/go-build" } : { XDG_CACHE_HOME: ".cache" }),
};

export interface EnvironmentOptions {
    /** The workload's own way into the sandbox. */
    proxy: string;
    caFile: string;
    project: string;
    /** Those of its metadata server; without it there is none. */
    metadata?: Record<string, string>;
    /** The service's own variables and those that Cloud Run sets. */
    own: Record<string, string>;
}

/** Settings that lead into the sandbox: a service's own variables are not to lead out of it. */
const OF_THE_WAY = /proxy|_CA_|CERT|_ROOTS_/i;

/** A workload has no token given: it asks its metadata server, as on Google Cloud. */
const OF_CLIENTS = ["GOOGLE_OAUTH_ACCESS_TOKEN", "CLOUDSDK_AUTH_ACCESS_TOKEN", "NO_GCE_CHECK"];

/** What a workload is given by the sandbox: its way, its identity and its own variables. All that a container gets. */
export function givenEnvironment({
    proxy,
    caFile,
    project,
    metadata,
    own,
}: EnvironmentOptions): Record<string, string> {
    const settings = childEnvironment({ proxy, caFile, project, accessToken: "" });
    const set = Object.entries(settings).filter(
        (entry): entry is [string, string] => entry[1] !== undefined && !OF_CLIENTS.includes(entry[0]),
    );
    return {
        ...Object.fromEntries(set),
        ...own,
        ...Object.fromEntries(set.filter(([name]) => OF_THE_WAY.test(name))),
        ...(metadata ?? { METADATA_SERVER_DETECTION: "none" }),
    };
}

/**
 * The whole environment of a workload that runs on this machine: what it is given, and what programs here need. Its home
 * is a folder of the sandbox's: in the user's, Google's libraries would find the credentials that gcloud keeps there.
 * @param inherited variables of this machine that it may see as well
 */
export function machineEnvironment(
    options: EnvironmentOptions,
    inherited: readonly string[] = [],
    machine: NodeJS.ProcessEnv = process.env,
): Record<string, string> {
    const seen = Object.entries(machine).filter(
        (entry): entry is [string, string] =>
            entry[1] !== undefined && (OF_THIS_MACHINE.test(entry[0]) || inherited.includes(entry[0])),
    );
    const tools = Object.entries(OF_TOOLS).map(([name, folder]) => [name, join(homedir(), folder)]);
    const home = join(dirname(options.caFile), "home");
    makePrivateFolder(home);
    return {
        ...(Object.fromEntries(tools) as Record<string, string>),
        ...Object.fromEntries(seen),
        HOME: home,
        ...(process.platform === "win32" && { USERPROFILE: home, APPDATA: home, LOCALAPPDATA: home }),
        // Google's libraries for Python and Java look for gcloud's files here.
        CLOUDSDK_CONFIG: join(home, "gcloud"),
        ...givenEnvironment(options),
        NODE_OPTIONS: nodeOptions(machine.NODE_OPTIONS, options.own.NODE_OPTIONS),
    };
}
