import { createHash, randomBytes } from "node:crypto";
import { closeSync, openSync, readdirSync, realpathSync, renameSync, rmSync, statSync } from "node:fs";
import { connect, createServer, type Server } from "node:net";
import { tmpdir, userInfo } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { makePrivateFolder } from "../../common";

/** The holder of a lock. */
export interface LockHolder {
    /** The ID of its process, as the holder sees it. In another container the process may have another ID. */
    pid: number;
}

/** A lock that this process holds, or the holder of it. */
export type LockAttempt = { release: () => void } | { holder: LockHolder };

/** The answer of a candidate for the lock to the other candidates. */
interface Answer extends LockHolder {
    holds: boolean;
}

/** How long two candidates that came at the same time try to agree on one of them, in milliseconds. */
const CONTENTION = 10_000;
/** A live process that does not answer for so many milliseconds is stopped or busy, and may hold the lock. */
const SILENCE = 5000;
/** The longest path of a socket that every system takes, in bytes. */
const LONGEST_PATH = 103;
/** A socket without its full name that is older than this, in milliseconds, was left by a killed process. */
const LEFT_OVER = 60_000;

/**
 * Makes this process the only holder of the lock `path`, a file's path that need not exist, until `release` is called or
 * the process ends, however it ends.
 *
 * Each candidate listens on a socket beside `path`, and then asks all other sockets there. So the system itself says which
 * process is alive: a process ID that is used again, another container, or two candidates at the same time cannot deceive
 * it. A socket gets its full name only when it listens, so a socket that refuses has no owner, and is removed.
 */
export async function acquireLock(path: string): Promise<LockAttempt> {
    const own = resolve(path);
    // Inside of this process, the first call gets the lock, before any socket exists.
    if (ours.has(own)) {
        return { holder: { pid: process.pid } };
    }
    ours.add(own);
    const forget = (): void => void ours.delete(own);
    try {
        const attempt = process.platform === "win32" ? await pipeLock(own) : await socketLock(own);
        if ("holder" in attempt) {
            forget();
            return attempt;
        }
        return {
            release: () => {
                attempt.release();
                forget();
            },
        };
    } catch (error) {
        forget();
        throw error;
    }
}

/** The locks that this process holds or asks for. */
const ours = new Set<string>();

async function socketLock(path: string): Promise<LockAttempt> {
    const state: Answer = { holds: false, pid: process.pid };
    const until = performance.now() + CONTENTION;
    for (;;) {
        const { server, folder, prefix, own } = await appear(path, state);
        const give = (): void => {
            rmSync(join(folder, own), { force: true });
            server.close();
        };
        const others = await livingIn(folder, prefix, own);
        const holder = others.find(({ holds }) => holds);
        if (others.length === 0) {
            state.holds = true;
            return { release: give };
        }
        const late = performance.now() > until;
        if (holder === undefined && !late && others.every(({ name }) => own < name)) {
            // The candidate whose name comes first waits until the others give way.
            const alone = await aloneBy(until, () => livingIn(folder, prefix, own));
            if (alone) {
                state.holds = true;
                return { release: give };
            }
        }
        give();
        if (holder !== undefined || late) {
            return { holder: { pid: (holder ?? others[0])?.pid ?? 0 } };
        }
        await sleep(20 + Math.random() * 80);
    }
}

/** Whether all other candidates have given way; false if one of them holds the lock. */
async function aloneBy(until: number, living: () => Promise<Answer[]>): Promise<boolean> {
    while (performance.now() < until) {
        const others = await living();
        if (others.length === 0) {
            return true;
        }
        if (others.some(({ holds }) => holds)) {
            return false;
        }
        await sleep(10);
    }
    return false;
}

interface Appearance {
    server: Server;
    folder: string;
    /** How the names of all sockets of the lock begin. */
    prefix: string;
    own: string;
}

/** Listens on a socket of the lock: beside its file, or in the temporary folder if the file system there has no sockets. */
async function appear(path: string, state: Answer): Promise<Appearance> {
    const beside = makePrivateFolder(dirname(resolve(path)));
    try {
        return await listenIn(beside, `${basename(path)}.`, state);
    } catch (error) {
        if (
            !/^(EINVAL|ENAMETOOLONG|ENOSYS|ENOTSUP|EOPNOTSUPP|EPERM)$/.test((error as NodeJS.ErrnoException).code ?? "")
        ) {
            throw error;
        }
    }
    const temporary = makePrivateFolder(join(tmpdir(), `gcp-invoke-locks-${userInfo().uid}`));
    return await listenIn(temporary, `${digestOf(path).slice(0, 12)}.`, state);
}

async function listenIn(folder: string, prefix: string, state: Answer): Promise<Appearance> {
    const server = answering(state);
    const own = `${prefix}${process.pid}-${randomBytes(6).toString("hex")}.sock`;
    await withShortPath(join(folder, `${own}.new`), (short) => listening(server, short));
    // It gets its full name only now that it listens, so a socket with a full name that refuses has no owner.
    renameSync(join(folder, `${own}.new`), join(folder, own));
    return { server, folder, prefix, own };
}

function answering(state: Answer): Server {
    const server = createServer((socket) => {
        socket.on("error", () => undefined);
        socket.end(JSON.stringify(state));
    });
    return server.unref();
}

async function listening(server: Server, path: string): Promise<void> {
    await new Promise<void>((done, fail) => {
        server.once("error", fail);
        server.listen(path, done);
    });
}

/** All other candidates and holders. A socket on which no process listens is removed. */
async function livingIn(folder: string, prefix: string, own: string): Promise<(Answer & { name: string })[]> {
    const names = readdirSync(folder).filter((name) => name.startsWith(prefix) && name !== own);
    const answers = names.map(async (name) => {
        const path = join(folder, name);
        if (name.endsWith(".sock.new")) {
            const made = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
            if (Date.now() - made > LEFT_OVER) {
                rmSync(path, { force: true });
            }
            return [];
        }
        if (!name.endsWith(".sock")) {
            return [];
        }
        const answer = await withShortPath(path, ask);
        if (answer === undefined) {
            rmSync(path, { force: true });
            return [];
        }
        // A process that is too busy to answer is named by its socket.
        const pid = answer.pid || Number(/\.(\d+)-\w+\.sock$/.exec(name)?.[1] ?? 0);
        return [{ ...answer, pid, name }];
    });
    return (await Promise.all(answers)).flat();
}

/** The answer at a socket; undefined if no process listens. A process that does not answer counts as a holder. */
async function ask(path: string): Promise<Answer | undefined> {
    return await new Promise((done) => {
        let said = "";
        const socket = connect(path);
        const silent: Answer = { holds: true, pid: 0 };
        socket.setTimeout(SILENCE, () => {
            done(silent);
            socket.destroy();
        });
        socket.on("data", (part) => (said += part.toString()));
        socket.on("end", () => done(parsed(said) ?? silent));
        socket.on("error", (error: NodeJS.ErrnoException) =>
            done(error.code === "ECONNREFUSED" || error.code === "ENOENT" ? undefined : silent),
        );
    });
}

function parsed(said: string): Answer | undefined {
    try {
        return JSON.parse(said) as Answer;
    } catch {
        return undefined;
    }
}

/** Uses a socket by a path that is short enough for every system: on Linux a long one goes through the folder's open file. */
async function withShortPath<T>(path: string, use: (path: string) => Promise<T>): Promise<T> {
    if (process.platform !== "linux" || Buffer.byteLength(path) <= LONGEST_PATH) {
        return await use(path);
    }
    const folder = openSync(dirname(path), "r");
    try {
        return await use(`/proc/self/fd/${folder}/${basename(path)}`);
    } finally {
        closeSync(folder);
    }
}

function digestOf(path: string): string {
    const full = join(realpathSync(dirname(resolve(path))), basename(path));
    return createHash("sha256").update(full).digest("hex");
}

/** Windows gives the name of a pipe to one process at a time, and frees it when the process ends. */
async function pipeLock(path: string): Promise<LockAttempt> {
    makePrivateFolder(dirname(resolve(path)));
    const name = `\\\\.\\pipe\\gcp-invoke-${digestOf(path)}`;
    const server = answering({ holds: true, pid: process.pid });
    try {
        await listening(server, name);
        return { release: () => void server.close() };
    } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE") {
            throw error;
        }
        return { holder: { pid: (await ask(name))?.pid ?? 0 } };
    }
}
