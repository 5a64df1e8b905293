import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { defined } from "../../common";
import { ProjectError } from "../errors";
import { nodeOptions, type NodeOptions } from "./node-options";
import { configText, mapAt, type Yaml } from "./pulumi-yaml";

/** What runs a program: `runtime` of `Pulumi.yaml`. */
export type Runtime =
    | ({ name: "nodejs" } & NodeOptions)
    | { name: "yaml"; /** The file of the program. */ file: string }
    | { name: "python"; /** The command of Python. */ interpreter: string }
    | { name: "go"; /** The compiled program, if it is not compiled for each run. */ binary?: string };

/** Where a project and its program are. */
interface Place {
    root: string;
    directory: string;
    main: string;
}

const NAMES: Runtime["name"][] = ["nodejs", "yaml", "python", "go"];

/**
 * @param file - the project's file
 * @throws ProjectError if the sandbox does not run programs of this language, or not with these options
 */
export function readRuntime(given: Yaml | undefined, place: Place, file: string): Runtime {
    const { name = null, options = {} } =
        typeof given === "string" ? { name: given } : mapAt(given, `${file}: runtime`);
    const where = `${file}: runtime.options`;
    const found = mapAt(options, where);
    switch (name) {
        case "nodejs":
            return { name, ...nodeOptions(found, where) };
        case "yaml":
            return { name, file: yamlProgram(place, file) };
        case "python":
            return { name, interpreter: interpreter(found, place.root, where) };
        case "go":
            return { name, ...defined({ binary: pathAt(found, "binary", place.root, where) }) };
        default:
            throw new ProjectError(
                `${file}: runtime is ${JSON.stringify(name)}, the sandbox runs ${NAMES.slice(0, -1).join(", ")} and ${String(NAMES.at(-1))}`,
                { fix: WITH_CLI },
            );
    }
}

const WITH_CLI = "use the Pulumi CLI for this program: gcp-invoke sandbox exec -- pulumi up";

/**
 * The file of a program in YAML: `Main.yaml` in the program's folder, or else the one that `main` names, or that of a project. It need
 * not exist.
 */
function yamlProgram({ root, directory, main }: Place, file: string): string {
    const own = ["Main.json", "Main.yaml", "Main.yml"]
        .map((name) => join(directory, name))
        .find((each) => existsSync(each));
    return own ?? (main !== "." ? join(directory, main) : directory === root ? file : join(directory, "Pulumi.yaml"));
}

/**
 * The Python of a program: that of its virtual environment, else the one that `PULUMI_PYTHON_CMD` names, else the one on the
 * PATH. https://www.pulumi.com/docs/iac/languages-sdks/python/
 */
function interpreter(options: Record<string, Yaml>, root: string, where: string): string {
    const { toolchain = "pip" } = options;
    if (toolchain !== "pip" && toolchain !== "uv") {
        throw new ProjectError(`${where}.toolchain is ${JSON.stringify(toolchain)}, the sandbox knows pip and uv`, {
            fix: WITH_CLI,
        });
    }
    const standard = toolchain === "uv" ? { virtualenv: ".venv" } : {};
    const folder = pathAt({ ...standard, ...options }, "virtualenv", root, where);
    const isWindows = process.platform === "win32";
    if (folder === undefined) {
        return process.env["PULUMI_PYTHON_CMD"] ?? (isWindows ? "python" : "python3");
    }
    const python = join(folder, isWindows ? "Scripts/python.exe" : "bin/python");
    if (!existsSync(python)) {
        throw new ProjectError(`${where}.virtualenv leads to ${folder}, which is no virtual environment of Python`, {
            fix:
                toolchain === "uv"
                    ? "run uv sync there"
                    : `run python3 -m venv ${folder}, and install the packages of the program into it`,
        });
    }
    return python;
}

function pathAt(options: Record<string, Yaml>, key: string, root: string, where: string): string | undefined {
    const { [key]: path } = options;
    if (path === undefined || path === null || path === "") {
        return undefined;
    }
    if (typeof path !== "string") {
        throw new ProjectError(`${where}.${key} is ${configText(path)}, expected a path`);
    }
    return resolve(root, path);
}
