import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { must, runs } from "./run";

/** Why nothing in Java can be compiled here; nothing where it can. This installs nothing. */
export function whyNoJava(): string | undefined {
    const missing = ["javac", "mvn"].find((command) => !runs(command, ["--version"]));
    if (missing !== undefined) {
        return `this machine has no ${missing}`;
    }
    const pom = join(__dirname, "program", "java", "pom.xml");
    const [, version = ""] =
        /<artifactId>pulumi<\/artifactId>\s*<version>(.*)<\/version>/.exec(readFileSync(pom, "utf8")) ?? [];
    const jar = join(homedir(), ".m2", "repository", "com", "pulumi", "pulumi", version, `pulumi-${version}.jar`);
    return existsSync(jar)
        ? undefined
        : `Maven lacks com.pulumi:pulumi ${version}; mvn -f ${pom} dependency:go-offline dependency:build-classpath gets it`;
}

/**
 * Compiles the program and the SDK in a folder, from what Maven has on this machine. Pulumi's host then runs it by Maven, which
 * finds no sources and so compiles nothing again. The SDK names a few classes of `com.pulumi:gcp`, whose jar has thousands:
 * empty ones of the same names stand for them.
 * @throws Error with what javac says, also if that is only a warning
 */
export async function compileJava(folder: string): Promise<void> {
    await must("mvn", ["-o", "-q", "-B", "dependency:build-classpath", "-Dmdep.outputFile=classpath"], folder);
    const libraries = readFileSync(join(folder, "classpath"), "utf8").trim();
    const written = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".java"));
    const text = written.map((file) => readFileSync(join(folder, file), "utf8")).join("\n");
    const named = [...new Set(text.match(/\bcom\.pulumi\.gcp\.[a-z]\w*\.[A-Z]\w*/g))];
    const empty = named.map((name) => emptyClass(folder, name));
    const sources = [...written, ...empty];
    writeFileSync(join(folder, "sources"), sources.join("\n"));
    const warnings = ["-proc:none", "-Xlint:all,-processing,-serial", "-Werror"];
    await must("javac", [...warnings, "-d", "classes", "-cp", libraries, "@sources"], folder);
    // The Gradle build of the SDK writes these.
    const resources = join(folder, "classes", "com", "pulumi", "pulumi-gcp-invoke");
    const { version } = JSON.parse(readFileSync(join(folder, "..", "schema.json"), "utf8")) as { version: string };
    const plugin = { resource: true, name: "pulumi-gcp-invoke", version };
    mkdirSync(resources, { recursive: true });
    writeFileSync(join(resources, "version.txt"), version);
    writeFileSync(join(resources, "plugin.json"), JSON.stringify(plugin));
}

function emptyClass(folder: string, name: string): string {
    const parts = name.split(".");
    const own = parts.pop() ?? "";
    const file = join("empty", ...parts, `${own}.java`);
    const text = `package ${parts.join(".")};

public class ${own} extends com.pulumi.resources.CustomResource {
    public ${own}(String name) {
        super("gcp:index:${own}", name, null, null);
    }
}
`;
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
    return file;
}
