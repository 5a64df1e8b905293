// The compiler of a program in TypeScript, as the SDK uses it.
import type { Kept } from "./kept-program-file";

/** What the SDK tells ts-node. https://typestrong.org/ts-node/docs/options */
export interface Options {
    transpileOnly?: boolean;
    ignoreDiagnostics?: number[];
}

export type Compile = (code: string, file: string) => string;

/** What compiles. */
export interface Service {
    compile: Compile;
    ignored?: (file: string) => boolean;
    options?: Record<string, unknown>;
    /** Since version 10. */
    addDiagnosticFilter?: (filter: {
        appliesToAllFiles: boolean;
        filenamesAbsolute: string[];
        diagnosticsIgnored: number[];
    }) => void;
    /** What is kept of the program; undefined if ts-node does more than that. */
    kept?: Kept;
    /** Has ts-node itself at hand, if the program runs from what is kept. */
    start?: () => Service;
}

/** ts-node itself. */
export interface TsNode {
    register: (options: Options) => Service;
}

/**
 * TypeScript 6 asks for the root of a program of several folders. A file that is compiled alone, without a check of its types, is
 * such a program, and Pulumi, which checks them, compiles it. https://aka.ms/ts6
 */
const ROOT_UNKNOWN = [5011];

/** Has ts-node compile from now on. */
export function registered(real: TsNode, options: Options): Service {
    const isOld = !("createEsmHooks" in real);
    const service = real.register({
        ...options,
        ...(options.transpileOnly === true && isOld && { ignoreDiagnostics: ROOT_UNKNOWN }),
    });
    if (options.transpileOnly === true) {
        const all = { appliesToAllFiles: true, filenamesAbsolute: [] };
        service.addDiagnosticFilter?.({ ...all, diagnosticsIgnored: ROOT_UNKNOWN });
    }
    return service;
}
