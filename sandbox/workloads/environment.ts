import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { makePrivateFolder } from "../../common";
import { childEnvironment } from "../environment";
import { nodeOptions } from "../guard";

/**
 * Variables of this machine that programs need to start, and that hold no credential. A workload sees no other variable of
 * the machine, just as a container on Cloud Run sees none. `environment` in `sandbox.yaml` can name more.
 */
const OF_THIS_MACHINE =
    /^(PATH|PATHEXT|SYSTEMROOT|SYSTEMDRIVE|WINDIR|COMSPEC|PROGRAMFILES.*|PROGRAMDATA|NUMBER_OF_PROCESSORS|PROCESSOR_.*|OS|TEMP|TMP|TMPDIR|LANG|LANGUAGE|LC_.*|TZ|TERM|COLORTERM|FORCE_COLOR|NO_COLOR|USER|USERNAME|LOGNAME|SHELL|LD_LIBRARY_PATH|DYLD_.*|NODE_(OPTIONS|PATH|ENV|COMPILE_CACHE)|VIRTUAL_ENV|PYTHON(PATH|HOME|USERBASE)|JAVA_HOME|GO(ROOT|PATH|CACHE|MODCACHE|FLAGS)|(CARGO|RUSTUP|GEM)_HOME|DOTNET_ROOT|(PYENV|RBENV)_ROOT|NVM_DIR|ASDF_(DIR|DATA_DIR)|VOLTA_HOME|XDG_CACHE_HOME)$/i;

/** Where tools keep what they have downloaded and built. It holds no credential, and takes long to make again. */
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
    /** The settings by which the workload reaches the sandbox as itself. */
    proxy: string;
    caFile: string;
    project: string;
    /** The variables that lead to its metadata server, if it has one. */
    metadata?: Record<string, string>;
    /** The service's own variables and those that Cloud Run sets. */
    own: Record<string, string>;
}

/** Settings that lead into the sandbox. A service's own variables must not lead out of it. */
const OF_THE_WAY = /proxy|_CA_|CERT|_ROOTS_/i;

/** Variables for clients outside of workloads. A workload gets no token: it asks its metadata server, as on Google Cloud. */
const OF_CLIENTS = ["GOOGLE_OAUTH_ACCESS_TOKEN", "CLOUDSDK_AUTH_ACCESS_TOKEN", "NO_GCE_CHECK"];

/** The variables that the sandbox gives a workload: its network, its identity, and its own. A container gets only these. */
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
 * The whole environment of a workload that runs on this machine: what the sandbox gives it, and what programs on this
 * machine need. Its home is a folder of the sandbox, because in the user's home Google's libraries would find the
 * credentials of gcloud.
 * @param inherited more variables of this machine that it may see
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
