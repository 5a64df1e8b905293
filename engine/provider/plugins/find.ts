import { existsSync, readdirSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";

/** The packages that the engine itself serves. Their plugins are used only on request. */
const OWN = /^(pulumi|pulumi-nodejs|gcp)$/;

/**
 * The file of a package's plugin: what the project names (`named`, a file or a folder), else what is on the PATH, else the newest that `pulumi plugin
 * install` has put into `PULUMI_HOME/plugins`, or `undefined` if there is none.
 * https://www.pulumi.com/docs/iac/concepts/plugins/
 */
export function findPlugin(
    pkg: string,
    named: Record<string, string>,
    environment: Record<string, string | undefined>,
    inPlaceOfOwn: readonly string[] = [],
): string | undefined {
    if ((OWN.test(pkg) && !inPlaceOfOwn.includes(pkg)) || !/^[\w-]+$/.test(pkg)) {
        return undefined;
    }
    const file = `pulumi-resource-${pkg}`;
    const given = Object.entries(named).flatMap(([name, path]) => (name === pkg ? [path] : []));
    const onPath = (environment["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
    const installed = installedFolders(pkg, environment);
    const candidates = [...given, ...[...given, ...onPath, ...installed].map((folder) => join(folder, file))];
    return candidates.find((each) => existsSync(each) && statSync(each).isFile());
}

/** The folders of the installed versions of a package, the newest first. */
function installedFolders(pkg: string, environment: Record<string, string | undefined>): string[] {
    const plugins = join(environment["PULUMI_HOME"] ?? join(homedir(), ".pulumi"), "plugins");
    const versions = existsSync(plugins)
        ? readdirSync(plugins).filter(
              (name) => new RegExp(`^resource-${pkg}-v\\d[^/]*$`).test(name) && !name.endsWith(".lock"),
          )
        : [];
    const numbers = (name: string): number[] => (/-v([\d.]+)/.exec(name)?.[1] ?? "").split(".").map(Number);
    return versions
        .filter((name) => statSync(join(plugins, name)).isDirectory())
        .sort((a, b) => compare(numbers(b), numbers(a)))
        .map((name) => join(plugins, name));
}

function compare(a: number[], b: number[]): number {
    const at = a.findIndex((part, index) => part !== (b[index] ?? 0));
    return at < 0 ? 0 : (a[at] ?? 0) - (b[at] ?? 0);
}
