/**
 * Keeps what ts-node makes of a program in TypeScript. The SDK has it check and compile the program each time it runs, and
 * most of a program's time goes there, because the types of `@pulumi/gcp` alone have 13 MB. Here the result is kept, with
 * what the compiler has looked at. If all of that is as it was, the same program was checked before: then neither ts-node
 * nor TypeScript is loaded. A program with an error in its types is never kept.
 */
import Module, { createRequire } from "node:module";
import { join, sep } from "node:path";
import { fileOf, type Kept, read, unchecked, write } from "./kept-program-file";
import { hash, lookAt, nothingLookedAt, type System, watch } from "./looked-at";
import { mapStacks } from "./mapped-stacks";
import { type Compile, type Options, registered, type Service, type TsNode } from "./ts-node";

interface TypeScript {
    version: string;
    sys: System;
}
interface SdkTools {
    loadTypeScriptCompilerOptions: (path: string) => unknown;
}
interface LoadedModule {
    _compile: (code: string, file: string) => unknown;
}

/** Options of ts-node in a `tsconfig.json` with which it does more than what is kept here. https://typestrong.org/ts-node/docs/options */
const OTHERWISE = [
    "swc",
    "transpiler",
    "require",
    "esm",
    "experimentalResolver",
    "experimentalSpecifierResolution",
    "moduleTypes",
    "files",
    "emit",
];

// https://nodejs.org/api/modules.html#requireextensions
const { _extensions: extensions } = Module as unknown as {
    _extensions: Record<string, ((module: LoadedModule, file: string) => void) | undefined>;
};

/** The program of this process, if it is kept and nothing has changed; and by which file, because a process that waits has no program yet. */
let known: { file: string | undefined; kept: Kept | undefined } | undefined;
/** TypeScript, once it was loaded. */
let compiler: { path: string; typescript: TypeScript } | undefined;
let sdkOptions: unknown;

function keptProgram(): Kept | undefined {
    const file = fileOf("checked");
    if (known === undefined || known.file !== file) {
        known = { file, kept: read() };
    }
    return known.kept;
}

/** TypeScript, as the SDK loads it: only its version, if the program is kept. */
export function typescript<Exports extends object>(load: () => Exports, path: string): Exports {
    const kept = keptProgram();
    if (kept?.typescript === path) {
        return lazily(load, { version: kept.version });
    }
    known = { file: fileOf("checked"), kept: undefined };
    const loaded = load();
    compiler = { path, typescript: loaded as unknown as TypeScript };
    return loaded;
}

/** ts-node, as the SDK loads it. */
export function tsNode<Exports extends object>(load: () => Exports, path: string): Exports & TsNode {
    const real = (): TsNode => load() as unknown as TsNode;
    const register = (options: Options): Service => {
        const kept = keptProgram();
        return kept?.tsNode === path && kept.options === optionsOf(options)
            ? reuse(kept, () => record(real(), path, options, kept))
            : record(real(), path, options);
    };
    return lazily(load as () => Exports & TsNode, { register });
}

/** What the SDK reads of the program's `tsconfig.json`, for which it would load TypeScript. */
export function compilerOptions<Exports extends object>(load: () => Exports): Exports {
    const { loadTypeScriptCompilerOptions: real, ...rest } = load() as unknown as SdkTools;
    const loadTypeScriptCompilerOptions = (path: string): unknown =>
        (sdkOptions = keptProgram()?.sdkOptions ?? real(path));
    return { ...rest, loadTypeScriptCompilerOptions } as unknown as Exports;
}

/** Has some exports at hand, and loads the module when another is read. */
function lazily<Exports extends object>(load: () => Exports, exports: Record<string, unknown>): Exports {
    return new Proxy({} as Exports, {
        get: (_, name: string) => exports[name] ?? (Reflect.get(load(), name) as unknown),
    });
}

const optionsOf = ({ transpileOnly: _, ...options }: Options): string => JSON.stringify(options);
const isInstalled = (file: string): boolean => file.includes(`${sep}node_modules${sep}`);

/**
 * Has ts-node check and compile the program, and keeps the result when the process ends.
 *
 * @param earlier - what is kept and unchanged, if this process has already run some of it
 */
function record(real: TsNode, path: string, options: Options, earlier?: Kept): Service {
    const own = compiler ?? loadedCompiler();
    if (fileOf("checked") === undefined || own === undefined) {
        return registered(real, options);
    }
    const kept: Kept = {
        typescript: own.path,
        tsNode: path,
        version: own.typescript.version,
        sdkOptions,
        options: optionsOf(options),
        extensions: [],
        compiled: { ...earlier?.compiled },
        ignored: earlier?.ignored ?? [],
        imports: earlier?.imports ?? {},
        formats: earlier?.formats ?? {},
        looked: earlier?.looked ?? nothingLookedAt(),
    };
    watch(own.typescript.sys, kept.looked);
    const before = { ...extensions };
    const service = registered(real, options);
    if (process.env["TS_NODE_FILES"] !== undefined || OTHERWISE.some((name) => isSet(service.options?.[name]))) {
        return service;
    }
    for (const [extension, handle] of Object.entries(extensions)) {
        if (handle !== before[extension]) {
            kept.extensions.push(extension);
            extensions[extension] = (module, name) => {
                if (!isInstalled(name)) {
                    kept.ignored.push(name);
                }
                handle?.(module, name);
            };
        }
    }
    const isWhole = keepCompiled(service, kept);
    process.once("exit", () => {
        kept.ignored = kept.ignored.filter((name) => !(name in kept.compiled));
        // Some versions of ts-node keep on their own what they have made, and then have looked at nothing.
        const sawTypes = Object.keys(kept.looked.state).some((name) => /[\\/]lib\.[^\\/]*d\.ts$/.test(name));
        const kind = service.options?.["transpileOnly"] === true ? unchecked() : "checked";
        const file = fileOf(kind);
        if (file !== undefined && isWhole() && (sawTypes || kind !== "checked")) {
            write(file, kept);
        }
    });
    return { ...service, kept };
}

/** Keeps what a service makes. What has an error in its types throws, and then the program is not whole. */
function keepCompiled(service: Service, kept: Kept): () => boolean {
    let isWhole = true;
    const compile = service.compile.bind(service);
    service.compile = (code, name, ...rest) => {
        lookAt(kept.looked, "state", name);
        try {
            const js = compile(code, name, ...rest);
            kept.compiled[name] = { source: hash(code), js };
            return js;
        } catch (error) {
            isWhole = false;
            throw error;
        }
    };
    return () => isWhole;
}

/** Runs the program from what is kept. A file that is not there has ts-node compile what is still to come. */
function reuse(kept: Kept, start: () => Service): Service {
    let service: Service | undefined;
    const started = (): Service => (service ??= start());
    const compile: Compile = (code, name) => {
        const made = kept.compiled[name];
        return made?.source === hash(code) ? made.js : started().compile(code, name);
    };
    const others = new Set(kept.ignored);
    const ignored = (file: string): boolean => service !== undefined || others.has(file) || isInstalled(file);
    const own = { compile, ignored };
    // Other code that compiles asks it what to leave to ts-node. https://typestrong.org/ts-node/api/variables/REGISTER_INSTANCE.html
    Object.assign(process, { [Symbol.for("ts-node.register.instance")]: own });
    const before = { ...extensions };
    for (const extension of kept.extensions) {
        const handle = before[extension] ?? before[".js"];
        extensions[extension] = (module, name) => {
            if (own.ignored(name)) {
                return handle?.(module, name);
            }
            const run = module._compile.bind(module);
            module._compile = (code, of) => run(compile(code, of), of);
            handle?.(module, name);
        };
    }
    mapStacks((file) => kept.compiled[file]?.js);
    return { ...own, kept, start: started };
}

const isSet = (value: unknown): boolean => value === true || Object.keys(Object(value) as object).length > 0;

/** TypeScript as ts-node finds it from the program's folder, if the SDK has not loaded it. */
function loadedCompiler(): typeof compiler {
    const from = createRequire(join(process.cwd(), "program.js"));
    try {
        return { path: from.resolve("typescript"), typescript: from("typescript") as TypeScript };
    } catch {
        return undefined;
    }
}
