import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { isAlive } from "../../engine/light";
import { UserError } from "../errors";
import { messageOf } from "../../errors";

/** The name of the folder that holds a sandbox's state. Ignored by git: each holds a `.gitignore` of its own. */
const NAME = ".gcp-invoke";

/** What a sandbox and its commands write into the folder. */
const OWN =
    /^(\.gitignore|lock|sandbox\.json.*|control\.json|ca\.pem|truststore\.jks|credentials|decisions\.jsonl|deployment\.json|stacks|reports|pulumi|gcloud|logs|cache)$/;

/** Where a sandbox keeps everything, and who uses it at the moment. */
export interface StateFolder {
    readonly path: string;
    file(...parts: string[]): string;
    /**
     * Makes this process its only user until the returned function is called: two sandboxes on one state would
     * overwrite each other's. A lock whose process is gone is taken over.
     * @throws UserError naming the process that uses it
     */
    lock(): () => void;
    /** What the last deployment was, to start again on it without being told. */
    lastDeployment(): Deployment | undefined;
    remember(deployment: Deployment): void;
    /** Deletes everything in it. @throws UserError while it is in use, or where it holds what no sandbox wrote */
    clear(): void;
}

/** A program and its stack. */
export interface Deployment {
    /** The directory of `Pulumi.yaml`. */
    directory: string;
    project: string;
    stack: string;
}

/**
 * The state folder: the one given, else the one of `GCP_INVOKE_STATE`, else the nearest `.gcp-invoke` from `cwd` upward,
 * else a new one in `cwd`.
 */
export function findStateFolder(given: string | undefined, cwd: string, env: NodeJS.ProcessEnv): StateFolder {
    const named = given ?? env.GCP_INVOKE_STATE;
    return stateFolder(named === undefined ? (nearest(cwd) ?? join(cwd, NAME)) : resolve(cwd, named));
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
    const lockFile = file("lock");
    const deploymentFile = file("deployment.json");

    function user(): number | undefined {
        const pid = existsSync(lockFile) ? Number(readFileSync(lockFile, "utf8")) : 0;
        return pid !== process.pid && isAlive(pid) ? pid : undefined;
    }

    function refuseInUse(): void {
        const pid = user();
        if (pid === undefined) {
            return;
        }
        throw new UserError(`${path} is in use by process ${pid}`, {
            fix: "wait for it, stop it, or take another folder with --state DIR",
        });
    }

    return {
        path,
        file,
        lock() {
            try {
                mkdirSync(path, { recursive: true, mode: 0o700 });
                writeFileSync(file(".gitignore"), "*\n");
            } catch (error) {
                const why = messageOf(error);
                throw new UserError(`cannot write to ${path} (${why})`, {
                    fix: "name a folder of your own in GCP_INVOKE_STATE",
                });
            }
            refuseInUse();
            rmSync(lockFile, { force: true });
            try {
                // Of two that come at once, one makes the file.
                writeFileSync(lockFile, String(process.pid), { mode: 0o600, flag: "wx" });
            } catch (error) {
                refuseInUse();
                throw error;
            }
            return () => rmSync(lockFile, { force: true });
        },
        lastDeployment() {
            try {
                return JSON.parse(readFileSync(deploymentFile, "utf8")) as Deployment;
            } catch {
                // There was none, or the process ended while it wrote this: nothing but a convenience is lost.
                return undefined;
            }
        },
        remember: (deployment) =>
            writeFileSync(deploymentFile, `${JSON.stringify(deployment, undefined, 4)}\n`, { mode: 0o600 }),
        clear() {
            refuseInUse();
            // A slip in --state must cost nobody his own files.
            const foreign = existsSync(path) ? readdirSync(path).filter((name) => !OWN.test(name)) : [];
            if (foreign.length > 0) {
                throw new UserError(
                    `${path} holds ${foreign.slice(0, 3).join(", ")}, which no sandbox wrote; is it the folder that you mean? Nothing was deleted`,
                );
            }
            rmSync(path, { recursive: true, force: true });
        },
    };
}
