import type { NodeProgram } from "../processes";
import type { ConfigValue, Project } from "../project";

/** How a program is started. */
export interface ProgramOptions {
    project: Project;
    stack: string;
    dryRun: boolean;
    parallel: number;
    /** Where the engine listens. */
    address: string;
    config: Record<string, ConfigValue>;
    environment: Record<string, string | undefined>;
    /** Where compiled code is kept between runs. */
    cacheDirectory: string;
    /** Whether another run of the same program checks its types. */
    typesChecked: boolean;
    /** Whether a process that waits for a program may run it. */
    reserve?: boolean | undefined;
    onOutput: (stream: "stdout" | "stderr", text: string) => void;
}

/** A command that runs in the program's folder. */
export interface Command {
    command: string;
    args: string[];
}

/** How the process of a program is started. */
export interface Launch extends Command {
    /** What it gets to know beside the user's environment. */
    environment: Record<string, string>;
    /** The parts of the command of a process of Node, which answers what keeps it alive. */
    node?: NodeProgram;
    /** What compiles it before. This calls no cloud, and does not see the sandbox. */
    build?: Command;
    /** A file that is of no use after the run. */
    temporary?: string;
}

/** What of a project runs. */
export interface EntryPoint {
    /** The path of the program in the folder where it runs. */
    main: string;
    /** Messages to the user about the choice. */
    warnings: string[];
}
