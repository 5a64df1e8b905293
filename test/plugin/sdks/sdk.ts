import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { delimiter, join } from "node:path";
import { allPackages, install, pack, root } from "../../support/packed";
import { compileJava, whyNoJava } from "./java";
import { must, runs } from "./run";

/** A language in which the real Pulumi CLI runs a program here. */
export type Language = "yaml" | "python" | "go" | "dotnet" | "java";

/** All of them. */
export const LANGUAGES: Language[] = ["yaml", "python", "go", "dotnet", "java"];

/** The commands without which a test of other languages is skipped, and the action of GitHub that brings each to a machine. */
export const COMMANDS: Record<string, string> = {
    pulumi: "pulumi/actions",
    python3: "actions/setup-python",
    go: "actions/setup-go",
    dotnet: "actions/setup-dotnet",
    javac: "actions/setup-java",
    mvn: "actions/setup-java",
};

const python = process.env["PULUMI_PYTHON_CMD"] ?? "python3";

/** The packages of Python that the tests need. The CLI's version decides whether an SDK uses `parver` or `packaging`. */
export const PYTHON_PACKAGES = ["mypy", "packaging", "parver", "pulumi", "pulumi_gcp", "semver"];

/** Why a language cannot be used here; nothing where it can. This installs nothing. */
export function whyNotIn(language: Language): string | undefined {
    const reason = whyNoHost(language);
    if (reason !== undefined || language === "yaml") {
        return reason;
    }
    if (language === "python") {
        return runs(python, ["-c", `import ${PYTHON_PACKAGES.join(", ")}`])
            ? undefined
            : `${python} lacks one of ${PYTHON_PACKAGES.join(", ")}; PULUMI_PYTHON_CMD can name another Python`;
    }
    if (language === "dotnet") {
        return runs("dotnet", ["--version"]) ? undefined : "this machine has no dotnet";
    }
    if (language === "java") {
        return whyNoJava();
    }
    const { status, stdout } = spawnSync("go", ["env", "GOMODCACHE"], { encoding: "utf8" });
    if (status !== 0) {
        return "this machine has no go";
    }
    const [sdk, gcp] = ["github.com/pulumi/pulumi/sdk", "github.com/pulumi/pulumi-gcp/sdk"];
    return existsSync(join(stdout.trim(), sdk)) && existsSync(join(stdout.trim(), gcp))
        ? undefined
        : `the Go modules ${sdk}/v3 and ${gcp}/v9 are not on this machine; go mod download gets them`;
}

/** Why the Pulumi CLI can make no SDK for a language here; nothing where it can. */
export function whyNoHost(language: string): string | undefined {
    return isOnPath(`pulumi-language-${language}`) ? undefined : `there is no pulumi-language-${language} on the PATH`;
}

/**
 * Why a program that uses the SDK of gcp itself cannot run: that SDK asks for the gcp plugin of its own version. The CLI installs
 * that where it can, and tests install nothing. A plugin on the PATH has any version.
 */
export function whyNoGcp(language: Language, folder: string): string | undefined {
    const ask: Partial<Record<Language, [string, string[]]>> = {
        python: [python, ["-c", "import importlib.metadata as m; print(m.version('pulumi_gcp'))"]],
        go: ["go", ["list", "-m", "-f", "{{.Version}}", "github.com/pulumi/pulumi-gcp/sdk/v9"]],
    };
    const [command, args = []] = ask[language] ?? [];
    if (command === undefined || isOnPath("pulumi-resource-gcp")) {
        return undefined;
    }
    const env = { ...process.env, GOFLAGS: "-mod=mod", GOWORK: "off" };
    const asked = spawnSync(command, args, { cwd: folder, env, encoding: "utf8" });
    const version = asked.stdout.trim().replace(/^v/, "");
    const { stdout } = spawnSync("pulumi", ["plugin", "ls", "--json"], { encoding: "utf8" });
    const installed = JSON.parse(stdout) as { name: string; version?: string }[];
    return installed.some((plugin) => plugin.name === "gcp" && plugin.version === version)
        ? undefined
        : `the SDK of gcp for ${language} asks for the gcp plugin ${version}; pulumi plugin install resource gcp ${version} installs it`;
}

function isOnPath(command: string): boolean {
    const folders = (process.env["PATH"] ?? "").split(delimiter);
    return folders.some((folder) => [command, `${command}.exe`].some((name) => existsSync(join(folder, name))));
}

/** The packed package as npm installs it, and the SDKs that the real Pulumi CLI makes of its schema. */
export class Sdks {
    readonly plugin: string;
    private readonly folder: string;
    private readonly schema: object;

    /** @param name - what tells its folder from those of other tests in the same process */
    constructor(name: string) {
        const { tarball, folder } = pack();
        this.folder = join(folder, `sdks-${name}`);
        install(tarball, this.folder, allPackages());
        this.plugin = join(this.folder, "node_modules", "pulumi-gcp-invoke");
        const print = "process.stdout.write(require('./dist/plugin').provider().schema)";
        const printed = spawnSync(process.execPath, ["-e", print], { cwd: this.plugin, encoding: "utf8" });
        this.schema = JSON.parse(printed.stdout) as object;
    }

    /** @returns the folder of the SDK */
    async make(language: string): Promise<string> {
        // The SDK of .NET has a logo, which its generator fetches, and that of Java is refused without a repository.
        const server = createServer((_, response) => response.end("a logo")).listen(0, "127.0.0.1");
        try {
            await once(server, "listening");
            const { port } = server.address() as AddressInfo;
            const schema = {
                ...this.schema,
                logoUrl: `http://127.0.0.1:${port}/logo.png`,
                ...(language === "java" && { repository: "https://example.com/shop" }),
            };
            writeFileSync(join(this.folder, "schema.json"), JSON.stringify(schema));
            const made = ["gen-sdk", "schema.json", "--language", language, "--out", "made"];
            await must("pulumi", ["package", ...made], this.folder);
        } finally {
            server.close();
        }
        return join(this.folder, "made", language);
    }

    /** A program with the SDK of its language. */
    async program(language: Language): Promise<string> {
        const folder = join(this.folder, `program-${language}`);
        for (const part of ["shared", language]) {
            cpSync(join(__dirname, "program", part), folder, { recursive: true });
        }
        addGuide(folder, language);
        await this.addTo(folder, language);
        return folder;
    }

    /** A copy of an example, with the SDK of its language. */
    async example(name: string, language: Language): Promise<string> {
        const copy = join(this.folder, name);
        cpSync(join(root, "examples", name), copy, { recursive: true });
        await this.addTo(join(copy, language), language);
        return join(copy, language);
    }

    private async addTo(folder: string, language: Language): Promise<void> {
        const file = join(folder, "Pulumi.yaml");
        const project = readFileSync(file, "utf8")
            .replace(/(pulumi-gcp-invoke): (PLUGIN|\.\/.*)/, `$1: ${this.plugin}`)
            .replace(/runtime:\n +name: python\n +options:\n.*/, "runtime: python")
            .replace("runtime: go\n", "runtime:\n  name: go\n  options:\n    binary: ./program\n");
        writeFileSync(file, project);
        if (language === "python") {
            const name = "pulumi_gcp_invoke";
            cpSync(join(await this.make(language), name), join(folder, name), { recursive: true });
            // The SDK asks for its own version as pip notes it.
            const notes = join(folder, `${name}-0.1.0.dist-info`);
            mkdirSync(notes);
            writeFileSync(join(notes, "METADATA"), `Metadata-Version: 2.1\nName: ${name}\nVersion: 0.1.0\n`);
        }
        if (["go", "dotnet", "java"].includes(language)) {
            cpSync(await this.make(language), join(folder, "sdk"), { recursive: true });
        }
        if (language === "go") {
            const modules = join(folder, "go.mod");
            const own = "example.com/pulumi-pulumi-gcp-invoke/sdk/go";
            writeFileSync(modules, `${readFileSync(modules, "utf8")}\nreplace ${own} => ./sdk\n`);
        }
    }
}

/** Adds the program of the guide, so that it is compiled beside the program. */
function addGuide(folder: string, language: Language): void {
    const guide = readFileSync(join(root, "docs", "languages.md"), "utf8");
    const code = (mark: string): string => guide.split(`\n\`\`\`${mark}\n`)[1]?.split("\n```")[0] ?? "";
    if (language === "go") {
        const [imports = ""] = /import \([^)]*\)/.exec(readFileSync(join(folder, "main.go"), "utf8")) ?? [];
        const used = imports.replace(/.*\/config"\n/, "");
        const inside = `func guide(ctx *pulumi.Context) error {\n${code("go")}\nctx.Export("x", fulfil.InvokeCommand)\nreturn err\n}`;
        writeFileSync(join(folder, "guide.go"), `package main\n\n${used}\n\n${inside}\n\nvar _ = guide\n`);
    } else if (language === "java") {
        writeFileSync(join(folder, "App.java"), code("java"));
    } else if (language === "dotnet") {
        const project = readFileSync(join(folder, "languages.csproj"), "utf8");
        mkdirSync(join(folder, "guide"));
        writeFileSync(join(folder, "guide", "guide.csproj"), project.replace("sdk/", "../sdk/"));
        writeFileSync(join(folder, "guide", "Program.cs"), code("csharp"));
    }
}

/** The mistakes that mypy finds in a program and its SDK, but for those that each SDK of Pulumi has. */
export function mistakesInPython(folder: string): string[] {
    // The types of pulumi_gcp take minutes to check.
    const cache = join(root, ".cache", "mypy");
    const { stdout, stderr } = spawnSync(python, ["-m", "mypy", "--cache-dir", cache, "."], {
        cwd: folder,
        encoding: "utf8",
    });
    const lines = `${stdout}${stderr}`.split("\n");
    return lines.filter((line) => /: error: |Traceback/.test(line) && !line.startsWith(KNOWN_MISTAKES));
}

/** https://github.com/pulumi/pulumi/blob/master/pkg/codegen/python/utilities.py */
const KNOWN_MISTAKES = join("pulumi_gcp_invoke", "_utilities.py");

/** Compiles a program and its SDK, if its language does that. */
export async function compile(folder: string, language: Language): Promise<void> {
    if (language === "go") {
        await compileGo(folder);
    } else if (language === "dotnet") {
        await must("dotnet", ["build", "languages.csproj"], folder);
        if (existsSync(join(folder, "guide"))) {
            await must("dotnet", ["build", "guide.csproj"], join(folder, "guide"));
        }
    } else if (language === "java") {
        await compileJava(folder);
    }
}

/** Compiles a program in Go and its SDK, from the modules that this machine has. */
async function compileGo(folder: string): Promise<void> {
    const modules = (await must("go", ["env", "GOMODCACHE"], folder)).trim();
    const env = {
        GOFLAGS: "-mod=mod",
        GOPROXY: `file://${join(modules, "cache", "download")}`,
        GONOSUMDB: "*",
        GOWORK: "off",
    };
    await must("go", ["mod", "tidy"], folder, env);
    await must("go", ["build", "-o", "program", "."], folder, env);
    await must("go", ["vet", "./..."], folder, env);
}
