import type { EventEmitter } from "node:events";
import { createRequire } from "node:module";
import { sep } from "node:path";
import { refuse } from "../ingress";
import { type Output, printingTo } from "./output";
import type { Workload, WorkloadContext, WorkloadHandler } from "./workload";
import { messageOf } from "../../errors";
import { WorkloadError } from "../cloud";

/**
 * A module that answers in this process: no socket, no start-up. What it prints is `output`'s.
 * @throws Error naming the place in the mapping where the module cannot be loaded, or exports no function
 */
export function handlerWorkload(path: string, at: string, context: WorkloadContext, output: Output): Workload {
    const handler = printingTo(output, () => load(path, at));
    /** Events are told by the connection, which knows nothing of the handler. */
    function bind(emitter: EventEmitter): void {
        const emit = emitter.emit.bind(emitter);
        emitter.emit = (...event) => printingTo(output, () => emit(...event));
    }
    return {
        answer(request, response) {
            bind(request);
            bind(response);
            // A handler that throws is a container that crashes on a request: 500, and the next one is served.
            Promise.resolve()
                .then(() => printingTo(output, () => handler(request, response, context)))
                .catch((error: unknown) => {
                    output.stderr(`${path}: ${error instanceof Error ? String(error.stack) : String(error)}\n`);
                    if (response.headersSent) {
                        response.destroy();
                    } else {
                        refuse(request, response, 500);
                    }
                });
        },
        close: () => Promise.resolve(),
    };
}

/** Lets a module and what it loaded be read anew; packages stay. Modules that are not CommonJS cannot be forgotten. */
export function forget(path: string): void {
    const loaded = createRequire(path).cache[path];
    if (!loaded || path.includes(`${sep}node_modules${sep}`)) {
        return;
    }
    Reflect.deleteProperty(createRequire(path).cache, path);
    for (const child of loaded.children) {
        forget(child.filename);
    }
}

function load(path: string, at: string): WorkloadHandler {
    let loaded: unknown;
    try {
        loaded = createRequire(path)(path);
    } catch (error) {
        throw new WorkloadError(`${at}: the handler ${path} cannot be loaded: ${messageOf(error)}`, { cause: error });
    }
    const { default: standard, handler } = (loaded ?? {}) as { default?: unknown; handler?: unknown };
    const found = [loaded, standard, handler].find((candidate) => typeof candidate === "function");
    if (!found) {
        throw new WorkloadError(`${at}: the handler ${path} exports no function`, {
            fix: "export (request, response) => void as the default, or as handler",
        });
    }
    return found as WorkloadHandler;
}
