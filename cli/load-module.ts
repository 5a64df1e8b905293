import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

/** The part of the TypeScript compiler that is used. */
interface Compiler {
    transpileModule(
        source: string,
        options: { compilerOptions: object; fileName: string; reportDiagnostics: boolean },
    ): { outputText: string; diagnostics?: readonly unknown[] };
}

interface Compilable {
    _compile(code: string, file: string): void;
}

/** The compiler in Pulumi's package, for programs that have none of their own. */
const VENDORED = "@pulumi/pulumi/vendor/typescript@3.8.3/typescript.js";

/**
 * Runs a module as Pulumi would run a program: TypeScript of any package type, with imports that name no extension.
 * The compiler is that of the program, or else Pulumi's. If neither understands a file, Node strips the types.
 *
 * @param path - absolute
 */
export function loadModule(path: string): Record<string, unknown> {
    const require = createRequire(path);
    const compiler = compilerOf(require);
    // This is deprecated, but it is the only way to read a file that `require` found in every Node from 22 on.
    // eslint-disable-next-line @typescript-eslint/no-deprecated
    const { extensions } = require;
    const native = extensions[".ts"];
    if (compiler !== undefined) {
        extensions[".ts"] = (module, file) => {
            const code = compiled(compiler, file);
            if (code === undefined) {
                native?.(module, file);
            } else {
                (module as unknown as Compilable)._compile(code, file);
            }
        };
    }
    return require(path) as Record<string, unknown>;
}

function compilerOf(require: NodeJS.Require): Compiler | undefined {
    for (const name of ["typescript", VENDORED]) {
        try {
            return require(name) as Compiler;
        } catch {
            // It is not installed beside the module.
        }
    }
    return undefined;
}

function compiled(compiler: Compiler, fileName: string): string | undefined {
    const { outputText, diagnostics } = compiler.transpileModule(readFileSync(fileName, "utf8"), {
        fileName,
        reportDiagnostics: true,
        compilerOptions: { module: "commonjs", target: "es2020", esModuleInterop: true },
    });
    return diagnostics === undefined || diagnostics.length === 0 ? outputText : undefined;
}
