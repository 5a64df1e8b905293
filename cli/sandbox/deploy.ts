import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { cacheFolder, defined, redact } from "../../common";
import type {
    DestroyOptions,
    EngineEvent,
    OperationOptions,
    Project,
    ResourceRules,
    Stack,
    StackResult,
    UpOptions,
} from "../../engine";
import { programEnvironment } from "../../sandbox/light";
import type { Report, SmokeSpec } from "../../smoke";
import { createDisplay, createJsonDisplay, type DisplayOptions, type Terminal } from "../render";
import { onlyGiven } from "./environment";
import { lazy } from "./lazy";
import { checksOf, collectReports, withoutSecrets } from "./reports";
import { generatedSources, printGenerated, printReports } from "./summary";
import type { Session } from "./session";
import { noStack, type StateFolder } from "./state-folder";
import { traced } from "./trace";

/** What can be done with a program's stack. */
export type DeployOperation = "preview" | "up" | "refresh" | "destroy";

/** A program, its stack and how it is shown. */
export interface DeployOptions {
    project: Project;
    stack: string;
    /** Configuration over that of the project's files. */
    config: Record<string, string>;
    /** The limits of the operation, and what it does in addition. @default - all resources, and nothing in addition */
    limits?: OperationOptions & DestroyOptions;
    /** The file with the stack's configuration. @default - `Pulumi.<stack>.yaml` */
    configFile?: string;
    /** How many operations run at a time. @default 16 */
    parallel?: number;
    /** Whether resource types are refused that would only be kept. @default - as the `sandbox.yaml` says */
    strict?: boolean;
    /** Whether the installed plugin of Google's provider makes its resources. @default false */
    plugin?: boolean;
    /** How much to show. */
    display?: DisplayOptions;
    /** What the Pulumi CLI prints with `--json`, instead of text. */
    json: boolean;
    /** Whether an update is made without its preview. @default false */
    skipPreview?: boolean;
    /**
     * Whether the program of an update runs only once, in a process that waited for it, and without a check of its types: for
     * updates that follow one another. Between them, the caller fills the engine's reserve. @default false
     */
    once?: boolean;
    /** Cancels the operation. */
    signal?: AbortSignal;
    /** Whether an update ends after its preview if the preview finds nothing to do. @default false, as in Pulumi */
    skipUnchanged?: boolean;
    terminal: Terminal;
}

/** The result of the operation. */
export interface Outcome {
    succeeded: boolean;
    /** Outputs, with secrets as `[secret]`. */
    outputs: Record<string, unknown>;
    /** The smoke checks that ran. */
    reports: Report[];
    /** The last report of each smoke check of the stack, also of those that did not run this time. */
    evidence: Report[];
    changes: StackResult["changes"];
    /** The checks that the stack keeps, with secrets in the clear: they must not be shown. */
    specs: () => SmokeSpec[];
    /** Takes the secrets of the stack out of a text. */
    hide: (text: string) => string;
}

/** Opens the stack of a program in the sandbox of a session. @throws UserError if the program cannot be read */
export async function open(
    { sandbox, folder }: Session,
    options: Pick<
        DeployOptions,
        "project" | "stack" | "config" | "configFile" | "parallel" | "strict" | "plugin" | "once"
    >,
    onEvent?: (event: EngineEvent) => void,
): Promise<Stack> {
    const { openStack } = lazy.engine();
    const { configFile, parallel } = options;
    // A user who wants types to be checked each time sets the variable to false.
    const quickly =
        options.once === true
            ? { PULUMI_NODEJS_TRANSPILE_ONLY: process.env["PULUMI_NODEJS_TRANSPILE_ONLY"] ?? "true" }
            : {};
    return openStack({
        directory: options.project.root,
        stack: options.stack,
        config: options.config,
        stateDirectory: folder.file("stacks"),
        resources: {
            ...resourceRules(options.project),
            ...defined({ strict: options.strict, plugin: options.plugin }),
        },
        request: traced((method: string, url: string, body?: unknown, headers?: Record<string, string>) =>
            sandbox.request(method, url, { body, ...(headers && { headers }) }),
        ),
        environment: onlyGiven(programEnvironment(await sandbox.clientEnvironment(), quickly)),
        reserve: "later",
        ...defined({ cacheDirectory: cacheFolder, configFile, parallel, onEvent }),
    });
}

/**
 * Runs one operation on the stack of a program and shows, in this order: what the engine does, the outputs, what was
 * generated, and the smoke checks.
 */
export async function deploy(session: Session, operation: DeployOperation, options: DeployOptions): Promise<Outcome> {
    const { terminal, json, project, stack: name } = options;
    const reports = collectReports(session.folder.reportsOf({ project: project.name, stack: name }));
    const display = json ? createJsonDisplay(terminal) : createDisplay(terminal, options.display);
    // A program that names no project gets the project of the sandbox, as it would get one from `gcloud config` or the
    // environment.
    const projectConfig = project.config["gcp:project"] ? {} : { "gcp:project": session.sandbox.project };
    const config = { "gcp-invoke:reports": reports.folder, ...projectConfig, ...options.config };
    try {
        const stack = await open(session, { ...options, config }, (event) => {
            if (event.type === "start" && session.prepare !== undefined) {
                // The program is still to come to its first resource.
                setImmediate(session.prepare);
            }
            display.onEvent(shorten(event));
        });
        if (!stack.exists && (operation === "destroy" || operation === "refresh")) {
            throw noStack(session.folder, project, name);
        }
        const { hideSecrets } = lazy.values();
        const limits = { ...options.limits, ...(options.signal && { signal: options.signal }) };
        const preview = options.skipPreview !== true;
        const ofUp = { ...limits, preview: options.once !== true && (preview || ("hidden" as const)) };
        const done =
            operation === "up"
                ? await up(stack, ofUp, options.skipUnchanged ?? false)
                : await stack[operation]({ ...limits, preview });
        const { result, outputs, changes, hide = lazy.engine().hidesSecretsOf(stack.resources) } = done;
        display.close();
        session.folder.remember({ directory: project.root, project: project.name, stack: name });
        const outcome: Outcome = {
            succeeded: result === "succeeded",
            outputs: hideSecrets(outputs) as Record<string, unknown>,
            reports: withoutSecrets(reports.list(), hide),
            evidence: withoutSecrets(reports.ofChecks(checksOf(stack.resources)), hide),
            changes,
            hide,
            specs: () => lazy.smoke().specsOfState(stack.export(true)),
        };
        if (!json && operation === "up") {
            show(outcome, stack, terminal);
        }
        reports.keepWithout(hide);
        return outcome;
    } finally {
        display.close();
    }

    /** If a message contains a report, the report is shown as a section of its own. */
    function shorten(event: EngineEvent): EngineEvent {
        // A program may print a token.
        return json || !("message" in event) || !event.message
            ? event
            : { ...event, message: redact(reports.shorten(event.message)) };
    }
}

/** The preview and the update of a new stack start at once. For other stacks the second start can often be saved. */
async function up(stack: Stack, limits: UpOptions, skipUnchanged: boolean): Promise<StackResult> {
    if (!skipUnchanged || stack.resources.length === 0) {
        return stack.up(limits);
    }
    const before = stack.outputs;
    const previewed = await stack.preview(limits);
    const unchanged = !hasChanges(previewed) && isDeepStrictEqual(previewed.outputs, before);
    return previewed.result === "failed" || unchanged ? previewed : stack.up({ ...limits, preview: false });
}

/** Whether anything changed or would change. A read is no change. */
export function hasChanges({ changes }: Pick<StackResult, "changes">): boolean {
    return Object.entries(changes).some(
        ([operation, count]) => operation !== "same" && operation !== "read" && count > 0,
    );
}

function show(outcome: Outcome, stack: Stack, terminal: Terminal): void {
    const deployed = outcome.succeeded || outcome.reports.length > 0;
    if (deployed && hasChanges(outcome)) {
        printGenerated(generatedSources(stack.resources), terminal);
    }
    printReports(outcome.reports, terminal);
}

/** The project of a program as the engine reads it. @throws Error naming what is wrong with it */
export function readProgram(directory: string, stack: string, configFile?: string): Promise<Project> {
    const { readProject } = lazy.project();
    return readProject(directory, stack, process.env, configFile);
}

/** A folder, or the nearest one above it that has a `Pulumi.yaml`, as the Pulumi CLI looks; the folder itself if there is none. */
export function nearestProject(folder: string): string {
    let each = folder;
    while (!hasProject(each) && dirname(each) !== each) {
        each = dirname(each);
    }
    return hasProject(each) ? each : folder;
}

/** Whether a folder has a file of a Pulumi project. */
export const hasProject = (folder: string): boolean =>
    ["Pulumi.yaml", "Pulumi.yml"].some((name) => existsSync(join(folder, name)));

/** The mapping file of a program: `sandbox.yaml` beside it, else beside `Pulumi.yaml`. */
export function findMapping({ directory, root }: Project): { mapping?: string } {
    const mapping = [directory, root].map((folder) => join(folder, "sandbox.yaml")).find((file) => existsSync(file));
    return mapping === undefined ? {} : { mapping };
}

/**
 * The mapping file for a command that names no program: that of the program that was deployed last, else that of the nearest
 * program from the current folder upward.
 */
export async function mappingNearby(folder: StateFolder): Promise<{ mapping?: string }> {
    const last = await mappingOfLastDeployment(folder);
    const nearest = nearestProject(process.cwd());
    const file = [process.cwd(), nearest].map((each) => join(each, "sandbox.yaml")).find((each) => existsSync(each));
    return last.mapping === undefined && file !== undefined ? { mapping: file } : last;
}

/** What is done with resource types that the sandbox does not enforce, by the mapping file of a program. */
export function resourceRules(project: Project): ResourceRules {
    const { mapping } = findMapping(project);
    return mapping === undefined ? {} : lazy.workloads().loadMapping(mapping).resources;
}

/** The mapping file of the program that was deployed last; none if that program is gone. */
export async function mappingOfLastDeployment(folder: StateFolder): Promise<{ mapping?: string }> {
    const last = folder.lastDeployment();
    return last && existsSync(last.directory) ? findMapping(await readProgram(last.directory, last.stack)) : {};
}
