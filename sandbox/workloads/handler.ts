import { createRequire } from "node:module";
import { sep } from "node:path";
import { refuse } from "../ingress/pages";
import type { Workload, WorkloadContext, WorkloadHandler } from "./workload";

/**
 * A module that answers in this process: no socket, no start-up.
 * @throws Error naming the place in the mapping where the module cannot be loaded, or exports no function
 */
export function handlerWorkload(
    path: string,
    at: string,
    context: WorkloadContext,
    print: (text: string) => void,
): Workload {
    const handler = load(path, at);
    return {
        answer(request, response) {
            // A handler that throws is a container that crashes on a request: 500, and the next one is served.
            Promise.resolve()
                .then(() => handler(request, response, context))
                .catch((error: unknown) => {
                    print(`${path}: ${error instanceof Error ? String(error.stack) : String(error)}\n`);
                    if (response.headersSent) response.destroy();
                    else refuse(request, response, 500);
                });
        },
        close: () => Promise.resolve(),
    };
}

/** Lets a module and what it loaded be read anew; packages stay. Modules that are not CommonJS cannot be forgotten. */
export function forget(path: string): void {
    const loaded = createRequire(path).cache[path];
    if (!loaded || path.includes(`${sep}node_modules${sep}`)) return;
    Reflect.deleteProperty(createRequire(path).cache, path);
    for (const child of loaded.children) forget(child.filename);
}

function load(path: string, at: string): WorkloadHandler {
    let loaded: unknown;
    try {
        loaded = createRequire(path)(path);
    } catch (error) {
        throw new Error(
            `${at}: the handler ${path} cannot be loaded: ${error instanceof Error ? error.message : String(error)}`,
            {
                cause: error,
            },
        );
    }
    const { default: standard, handler } = (loaded ?? {}) as { default?: unknown; handler?: unknown };
    const found = [loaded, standard, handler].find((candidate) => typeof candidate === "function");
    if (!found)
        throw new Error(
            `${at}: the handler ${path} exports no function; export (request, response) => void as the default, or as handler`,
        );
    return found as WorkloadHandler;
}
