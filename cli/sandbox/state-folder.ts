import { existsSync, readdirSync, rmSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { stateName } from "../../engine/light";
import { fileNameOf, makePrivateFolder, readPrivateJson, writePrivateFile } from "../../common";
import { UserError } from "../errors";
import { lazy } from "./lazy";

/** The name of the folder that holds a sandbox's state. Git ignores it, because each has a `.gitignore` of its own. */
const NAME = ".gcp-invoke";

/** What a sandbox and its commands write into the folder. */
const OWN =
    /^(\.gitignore|lock|lock\..*\.sock(\.new)?|sandbox\.json.*|control\.json|ca\.pem|truststore\.jks|credentials|decisions\.jsonl|logs\.jsonl|refused\.jsonl|executions\.jsonl|deployment\.json|stacks|reports|pulumi|gcloud|logs|cache|home)(\.[\da-f]{12}\.new)?$/;

/** The folder in which a sandbox keeps its state, and who uses it at the moment. */
export interface StateFolder {
    readonly path: string;
    file(...parts: string[]): string;
    /** The file with the state of a stack. */
    stateOf(stack: StackName): string;
    /** The folder with the reports of a stack's checks. One for each stack, because several may be deployed at the same time. */
    reportsOf(stack: StackName): string;
    /**
     * Makes this process the only user of the folder until the returned function is called. Two sandboxes on one state
     * would overwrite each other's. The lock of a process that is gone is free.
     * @throws UserError naming the process that uses it
     */
    lock(): Promise<() => void>;
    /** The last deployment, so that a command can work on it without naming it. */
    lastDeployment(): Deployment | undefined;
    /** Every stack that was deployed and of which the state is kept, the last one first. */
    deployments(): Deployment[];
    remember(deployment: Deployment): void;
    /** Deletes everything in the folder. @throws UserError if it is in use, or holds files that no sandbox wrote */
    clear(): Promise<void>;
}

type StackName = Pick<Deployment, "project" | "stack">;

/** A program and its stack. */
export interface Deployment {
    /** The directory of `Pulumi.yaml`. */
    directory: string;
    project: string;
    stack: string;
}

/** What a person calls a stack where there are several: `shop/dev`. */
export const nameOfStack = ({ project, stack }: Deployment): string => `${project}/${stack}`;

/**
 * Finds the state folder: the one that is given, or that of `GCP_INVOKE_STATE`, or the nearest `.gcp-invoke` from `cwd`
 * upward. If there is none, it is a new one in `cwd`. A variable that is empty counts as not set.
 *
 * @throws UserError if an empty one is given, as by `--state "$UNSET"`: it would be the current folder, with all files of the user
 */
export function findStateFolder(given: string | undefined, cwd: string, env: NodeJS.ProcessEnv): StateFolder {
    if (given === "") {
        throw new UserError("--state is empty", { fix: "name a folder, or leave --state out", exitCode: 2 });
    }
    const named = given ?? env.GCP_INVOKE_STATE ?? "";
    return stateFolder(named === "" ? (nearest(cwd) ?? join(cwd, NAME)) : resolve(cwd, named));
}

function isDeployment(value: unknown): value is Deployment {
    const { directory, project, stack } = (value ?? {}) as Record<string, unknown>;
    return [directory, project, stack].every((text) => typeof text === "string" && text !== "" && !text.includes("\0"));
}

function nearest(folder: string): string | undefined {
    const candidate = join(folder, NAME);
    if (existsSync(candidate)) {
        return candidate;
    }
    return dirname(folder) === folder ? undefined : nearest(dirname(folder));
}

function stateFolder(path: string): StateFolder {
    const file = (...parts: string[]): string => join(path, ...parts);
    const deploymentFile = file("deployment.json");

    /** What was deployed, the last one first. */
    function remembered(): Deployment[] {
        const fix = "delete it, and name the directory of the program";
        const kept = readPrivateJson(deploymentFile, fix);
        if (kept === undefined) {
            return [];
        }
        const { earlier = [] } = Object(kept) as { earlier?: unknown };
        const all: unknown[] = [kept, ...(Array.isArray(earlier) ? (earlier as unknown[]) : [earlier])];
        if (!all.every(isDeployment)) {
            throw new UserError(`${deploymentFile} is damaged: it names no directory, project and stack`, { fix });
        }
        return all.map(({ directory, project, stack }) => ({ directory, project, stack }));
    }

    /** A file that is damaged is replaced by the next deployment. */
    function readable(): Deployment[] {
        try {
            return remembered();
        } catch {
            return [];
        }
    }

    const stateOf = ({ project, stack }: StackName): string => file("stacks", stateName(project, stack));

    async function acquire(): Promise<() => void> {
        const attempt = await lazy.values().acquireLock(file("lock"));
        if ("release" in attempt) {
            return attempt.release;
        }
        const { pid } = attempt.holder;
        throw new UserError(`${path} is in use by ${pid === 0 ? "another process" : `process ${pid}`}`, {
            fix: "wait for it, stop it, or take another folder with --state DIR",
        });
    }

    return {
        path,
        file,
        stateOf,
        reportsOf: ({ project, stack }) => file("reports", fileNameOf(project), fileNameOf(stack)),
        async lock() {
            makePrivateFolder(path);
            writePrivateFile(file(".gitignore"), "*\n");
            return await acquire();
        },
        lastDeployment: () => remembered()[0],
        deployments: () => remembered().filter((each) => existsSync(stateOf(each))),
        remember(deployment) {
            const earlier = readable().filter((each) => nameOfStack(each) !== nameOfStack(deployment));
            writePrivateFile(deploymentFile, `${JSON.stringify({ ...deployment, earlier }, undefined, 4)}\n`);
        },
        async clear() {
            // A mistake in --state must not delete other files of the user.
            const foreign = existsSync(path) ? readdirSync(path).filter((name) => !OWN.test(name)) : [];
            if (foreign.length > 0) {
                throw new UserError(
                    `${path} holds ${foreign.slice(0, 3).join(", ")}, which no sandbox wrote; is it the folder that you mean? Nothing was deleted`,
                );
            }
            if (existsSync(path)) {
                const release = await acquire();
                rmSync(path, { recursive: true, force: true });
                release();
            }
        },
    };
}

/** Pulumi's code for a stack that does not exist. https://www.pulumi.com/docs/iac/cli/exit-codes/ */
const STACK_NOT_FOUND = 6;

/** The error for a command that needs a stack, and names one that nobody has deployed. */
export function noStack(folder: StateFolder, project: { name: string }, stack: string): UserError {
    return new UserError(`no stack named "${stack}" of ${project.name} in ${folder.path}`, {
        fix: "deploy it with `gcp-invoke sandbox up`, or name another with --stack",
        exitCode: STACK_NOT_FOUND,
    });
}
