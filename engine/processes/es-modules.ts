/**
 * Compiles a program of ES modules in the thread where it runs. The SDK has ts-node do that in a thread of its own, which loads
 * all of ts-node and TypeScript each time. Here the same ts-node compiles and resolves, and what it made is kept as that of
 * other programs is.
 */
import { readFileSync } from "node:fs";
import Module, { createRequire } from "node:module";
import { dirname, extname, join, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { mayCheck } from "./kept-program-file";
import { tsNode } from "./kept-programs";
import { lookAt } from "./looked-at";
import type { Options, Service } from "./ts-node";

/** The parts of ts-node's service by which its own hooks resolve. https://github.com/TypeStrong/ts-node/blob/v10.9.2/src/esm.ts */
interface Resolving {
    extensions: { nodeEquivalents: Map<string, string> };
    enableExperimentalEsmLoaderInterop: () => void;
    getNodeEsmResolver: () => { defaultResolve: (specifier: string, context: object) => { url: string } };
    getNodeEsmGetFormat: () => { defaultGetFormat: (url: string, context: object) => { format: string } };
}

/** What ts-node tries for an import. */
const EXTENSIONS = ["", ".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs"];

type Register = (specifier: string, parent: URL | string, options: { data: Options }) => void;
/** What Node says of an import or a `require`. */
interface Question {
    conditions: string[];
    parentURL?: string | undefined;
    format?: string;
}

/** A hook that answers at once. The types of Node 20 name only those that answer later. */
type Hook = (name: string, question: Question, next: (name: string, question: Question) => object) => object;

interface Hooks {
    resolve: Hook;
    load: Hook;
}
type RegisterHooks = (hooks: Hooks) => void;

/** Node 20, and Node 22 before 22.15, do not have it. https://nodejs.org/api/module.html#moduleregisterhooksoptions */
const registerHooks = Reflect.get(Module, "registerHooks") as unknown as RegisterHooks | undefined;

/** Whether the SDK's hooks are loaded here, and not in their own thread, and what they have told ts-node. */
let asked: { options: Options | null } | undefined;

/** ts-node, as the SDK's hooks load it. Here they only tell with which options they use it. */
export function tsNodeOfHooks<Exports extends object>(load: () => Exports): Exports {
    const told = asked;
    if (told === undefined) {
        return load();
    }
    const register = (options: Options | null): object => (told.options = options) ?? {};
    return { register, createEsmHooks: () => ({}) } as unknown as Exports;
}

/** Node's module "module" as the SDK loads it, to register its hooks for a program of ES modules. */
export function moduleRegister<Exports extends object>(load: () => Exports): Exports {
    const real = load();
    const register: Register = (specifier, parent, options) => {
        const isOfSdk = /hooks\.js$/.test(specifier) && registerHooks !== undefined;
        if (!isOfSdk || !compileHere(registerHooks, fileURLToPath(new URL(specifier, parent)), options.data)) {
            (Reflect.get(real, "register") as Register)(specifier, parent, options);
        }
    };
    const get = (_: Exports, name: string): unknown => (name === "register" ? register : Reflect.get(real, name));
    return new Proxy(real, { get });
}

/**
 * @param file - the SDK's hooks
 * @returns false if this ts-node does more than what is kept, or cannot resolve here
 */
function compileHere(hooks: RegisterHooks, file: string, data: Options): boolean {
    const from = createRequire(file);
    const options = { ...optionsOfHooks(from, file, data), ...(!mayCheck() && { transpileOnly: true }) };
    const { register } = tsNode(() => from("ts-node") as object, from.resolve("ts-node"));
    const service = forImportsAlone(() => register(options));
    if (service.kept === undefined || !canResolve(service)) {
        return false;
    }
    hooks(hooksOf(service, service.kept));
    return true;
}

/** Up to version 3.270, the SDK's hooks ask ts-node before they know the program's options, and so check all types. */
function optionsOfHooks(from: NodeJS.Require, file: string, data: Options): Options | null {
    asked = { options: null };
    try {
        const { initialize } = from(file) as { initialize?: (data: Options) => unknown };
        void initialize?.(data);
        return asked.options;
    } finally {
        asked = undefined;
    }
}

/** In the SDK's thread, ts-node would change nothing of what `require` loads in this one. */
function forImportsAlone<Result>(work: () => Result): Result {
    const { _extensions: extensions } = Module as unknown as { _extensions: Record<string, unknown> };
    const before = { ...extensions };
    try {
        return work();
    } finally {
        Object.keys(extensions).forEach((name) => Reflect.deleteProperty(extensions, name));
        Object.assign(extensions, before);
    }
}

const canResolve = (service: Service): boolean => service.start !== undefined || "getNodeEsmResolver" in service;
const isInstalled = (path: string): boolean => path.includes(`${sep}node_modules${sep}`);

function hooksOf(service: Service, kept: NonNullable<Service["kept"]>): Hooks {
    let resolving: Resolving | undefined;
    const tsNodes = (): Resolving & Service => {
        const started = forImportsAlone(() => service.start?.() ?? service);
        if (resolving === undefined) {
            resolving = started as unknown as Resolving;
            resolving.enableExperimentalEsmLoaderInterop();
        }
        return started as Resolving & Service;
    };
    const isCompiled = (path: string): boolean => {
        if (isInstalled(path) || kept.ignored.includes(path)) {
            return false;
        }
        const compiles = path in kept.compiled || tsNodes().ignored?.(path) === false;
        if (!compiles) {
            kept.ignored.push(path);
        }
        return compiles;
    };
    return {
        resolve: (specifier, question, next) => {
            const wanted = isImport(question) ? ownFile(specifier, question.parentURL) : undefined;
            if (wanted === undefined) {
                return next(specifier, question);
            }
            const key = `${specifier} ${question.parentURL ?? ""}`;
            // With another file of that name, the import may find that one.
            const name = wanted.slice(0, wanted.length - extname(wanted).length);
            EXTENSIONS.forEach((extension) => lookAt(kept.looked, "target", name + extension));
            const url = (kept.imports[key] ??= tsNodes().getNodeEsmResolver().defaultResolve(specifier, question).url);
            return { url, shortCircuit: true };
        },
        load: (url, question, next) => {
            const path = isImport(question) && url.startsWith("file:") ? fileURLToPath(url) : undefined;
            if (path === undefined || !isCompiled(path)) {
                return next(url, question);
            }
            const format = (kept.formats[path] ??= formatOf(path, tsNodes(), kept.looked));
            if (format !== "module") {
                return next(url, { ...question, format });
            }
            const source = forImportsAlone(() => service.compile(readFileSync(path, "utf8"), path));
            return { format, source, shortCircuit: true };
        },
    };
}

/** What a `require` asks for is none of the hooks' business. */
const isImport = ({ conditions }: Question): boolean => conditions.includes("import");

/** The path that an import names, if it names a file of the program. */
function ownFile(specifier: string, parent: string | undefined): string | undefined {
    if (!/^(\.{0,2}\/|file:)/.test(specifier) || (parent !== undefined && !parent.startsWith("file:"))) {
        return undefined;
    }
    const path = fileURLToPath(new URL(specifier, parent ?? pathToFileURL(join(process.cwd(), sep))));
    return isInstalled(path) ? undefined : path;
}

/** Whether a file is an ES module, which the nearest `package.json` may say. */
function formatOf(
    path: string,
    { extensions, getNodeEsmGetFormat }: Resolving,
    looked: Parameters<typeof lookAt>[0],
): string {
    for (let folder = dirname(path), above = ""; folder !== above; above = folder, folder = dirname(folder)) {
        lookAt(looked, "state", join(folder, "package.json"));
    }
    const { href } = pathToFileURL(path + (extensions.nodeEquivalents.get(extname(path)) ?? ""));
    return getNodeEsmGetFormat().defaultGetFormat(href, {}).format;
}
