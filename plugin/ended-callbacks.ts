import type { EventEmitter } from "node:events";

/**
 * Lets the process of the plugin ignore that a server for callbacks was ended while it began. The SDK begins one for each
 * component, ends it with the component, and takes the cancelled call for the failure of all components.
 */
export function ignoreEndedCallbacks(target: EventEmitter): void {
    const emit = target.emit.bind(target);
    target.emit = (event, ...args: unknown[]) =>
        event === "unhandledRejection" && isEndedCallback(args[0]) ? true : emit(event, ...args);
}

function isEndedCallback(reason: unknown): boolean {
    if (!(reason instanceof Error)) {
        return false;
    }
    const { code, stack = "" } = reason as Error & { code?: unknown };
    return code === CANCELLED && /[\\/]@pulumi[\\/].*runtime[\\/]callbacks\.[jt]s/.test(stack);
}

/** https://grpc.io/docs/guides/status-codes/ */
const CANCELLED = 1;
