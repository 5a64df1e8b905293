import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { manifest, readmeInstall, root, shell } from "./packed";

/** A Node and peers that package.json says the package works with. */
export interface Corner {
    /** A version, or `latest`. */
    node: string;
    /** The lowest that the ranges allow, or what npm picks on that Node. */
    peers: "lowest" | "newest";
}

/** A corner in a folder of its own, as its user has it. */
export interface InstalledCorner {
    folder: string;
    /** By package, `node` too. */
    versions: Record<string, string>;
    /** What a shell there has in its environment: this Node is the only one. */
    env: NodeJS.ProcessEnv;
    /** Runs a command of that shell. */
    run: (command: string, ...args: string[]) => string;
}

/** The lowest first: each Node with which a range of `engines` begins and the newest one, with both kinds of peers. */
export function corners(): Corner[] {
    const { engines } = manifest() as { engines: { node: string } };
    const nodes = [...(engines.node.match(/\d+\.\d+\.\d+/g) ?? []), "latest"];
    return nodes.flatMap((node) => [
        { node, peers: "lowest" as const },
        { node, peers: "newest" as const },
    ]);
}

/**
 * Installs the tarball as README.md says, in a folder that is empty, and beside it the types that its sources need.
 * @throws Error with npm's output
 */
export function installCorner({ node, peers }: Corner, tarball: string, folder: string): InstalledCorner {
    mkdirSync(folder, { recursive: true });
    const { PATH = "", HOME } = process.env;
    const env = { ...npmSettings(), HOME, PATH: [nodeFolder(node, dirname(folder)), PATH].join(":") };
    const run = (command: string, ...args: string[]): string => shell(command, args, folder, env);
    const { peerDependencies, devDependencies } = manifest() as Record<string, Record<string, string>>;
    const lowest = (name: string): string => `${name}@${(peerDependencies?.[name] ?? "").replace("^", "")}`;
    const [npm = "", ...words] = readmeInstall().split(" ");
    const wanted = [...words, "@pulumi/policy"].map((word) => {
        if (word === "pulumi-gcp-invoke") {
            return tarball;
        }
        return peers === "lowest" && peerDependencies?.[word] !== undefined ? lowest(word) : word;
    });
    const types = [`@types/google-protobuf@${devDependencies?.["@types/google-protobuf"] ?? ""}`, nodeTypes(node)];
    // At once, because npm takes most of its time to look at what is installed.
    run(npm, ...wanted, ...types, "--prefer-offline", "--no-audit", "--no-fund", "--loglevel=error");
    const peerNames = Object.keys(peerDependencies ?? {}).filter((name) => name.startsWith("@pulumi/"));
    const installed = peerNames.map((name) => [name, versionIn(folder, name)] as const);
    return { folder, env, run, versions: { node: run("node", "--version").trim(), ...Object.fromEntries(installed) } };
}

/** Why npm could not reach its registry, where that is what its output says. */
export function unreachable(error: unknown): string | undefined {
    const text = error instanceof Error ? error.message : String(error);
    return /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ENOTCACHED)\b/.exec(
        text,
    )?.[0];
}

/** Where the binary of a Node lies: the packages of `tools/node`, in the version asked for. */
function nodeFolder(version: string, folder: string): string {
    const { optionalDependencies } = JSON.parse(readFileSync(join(root, "tools", "node", "package.json"), "utf8")) as {
        optionalDependencies: Record<string, string>;
    };
    const system = `${process.platform === "win32" ? "win" : process.platform}-${process.arch}`;
    const name = Object.keys(optionalDependencies).find((each) => each.endsWith(system));
    if (name === undefined) {
        throw new Error(`there is no Node for ${system} in the npm registry`);
    }
    // A version stays what it is, so that it is unpacked only once.
    const place = join(version === "latest" ? folder : join(root, ".cache"), `node-${version}`);
    const binary = join(place, "node_modules", name, "bin");
    if (!existsSync(binary)) {
        const made = `${place}.${process.pid}`;
        mkdirSync(made, { recursive: true });
        writeFileSync(join(made, "package.json"), "{}");
        shell(
            "npm",
            ["install", `${name}@${version}`, "--prefer-offline", "--no-audit", "--no-fund"],
            made,
            npmSettings(),
        );
        renameSync(made, place);
    }
    return binary;
}

/** The types of a Node, of none that is newer. */
function nodeTypes(version: string): string {
    const [major, minor] = version.split(".").map(Number);
    if (major === undefined || minor === undefined) {
        return `@types/node@${version}`;
    }
    return `@types/node@>=${major} <${major}.${minor + 1}`;
}

function versionIn(folder: string, name: string): string {
    const text = readFileSync(join(folder, "node_modules", name, "package.json"), "utf8");
    return (JSON.parse(text) as { version: string }).version;
}

/** What a user's shell would set for npm; it gives up at once where there is no registry. */
function npmSettings(): NodeJS.ProcessEnv {
    const names = ["npm_config_registry", "npm_config_cache", "npm_config_cafile", "npm_config_userconfig"];
    const given = [...names, "HTTPS_PROXY", "NO_PROXY", "NODE_EXTRA_CA_CERTS"].map((name) => [name, process.env[name]]);
    return { ...Object.fromEntries(given), npm_config_fetch_retries: "0" } as NodeJS.ProcessEnv;
}
