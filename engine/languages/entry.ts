import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { ProgramError } from "../errors";
import type { Project } from "../project";
import { packageEntry } from "./node-entry";
import type { EntryPoint } from "./types";

/**
 * Finds what runs before anything is started, because the runner of a language would say in its own words that there is
 * nothing, and not what to do.
 * @throws ProgramError if the project has no program
 */
export function entryPointOf({ directory, main, runtime, file }: Project): EntryPoint {
    const entry = { main, warnings: [] };
    const missing = (wrong: string, fix: string): Error =>
        new ProgramError(`there is no program in ${directory}: ${wrong}`, { fix });
    const orName = `or name the program's file as main in ${file}`;
    switch (runtime.name) {
        case "nodejs":
            return main === "." ? packageEntry(directory, file) : entry;
        case "yaml":
            if (!existsSync(runtime.file)) {
                throw missing("it has no Main.yaml", `write the program to ${join(directory, "Main.yaml")}, ${orName}`);
            }
            return entry;
        case "python":
            if (main === "." && !existsSync(join(directory, "__main__.py"))) {
                throw missing(
                    "it has no __main__.py",
                    `write the program to ${join(directory, "__main__.py")}, ${orName}`,
                );
            }
            return entry;
        case "go": {
            if (runtime.binary !== undefined) {
                if (!existsSync(runtime.binary)) {
                    throw new ProgramError(
                        `${file}: runtime.options.binary leads to ${runtime.binary}, which does not exist`,
                        {
                            fix: `run go build -o ${runtime.binary} in ${directory}, or take the option out`,
                        },
                    );
                }
                return entry;
            }
            if (main === ".") {
                checkGoPackage(directory, missing);
            }
            return entry;
        }
    }
}

function checkGoPackage(directory: string, missing: (wrong: string, fix: string) => Error): void {
    const sources = readdirSync(directory).filter((name) => name.endsWith(".go") && !name.endsWith("_test.go"));
    const isProgram = sources.some((name) => /^package main\b/m.test(readFileSync(join(directory, name), "utf8")));
    if (!isProgram) {
        throw missing(
            sources.length === 0 ? "it has no file of Go" : "none of its files of Go is of the package main",
            `write the program to ${join(directory, "main.go")}, with package main and func main`,
        );
    }
    let folder = directory;
    while (!existsSync(join(folder, "go.mod"))) {
        if (dirname(folder) === folder) {
            throw missing("it has no go.mod", "run go mod init program and go mod tidy there");
        }
        folder = dirname(folder);
    }
}
