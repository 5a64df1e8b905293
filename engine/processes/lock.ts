import { createHash, randomBytes } from "node:crypto";
import { closeSync, mkdirSync, openSync, readdirSync, realpathSync, renameSync, rmSync, statSync } from "node:fs";
import { connect, createServer, type Server } from "node:net";
import { tmpdir, userInfo } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** Who holds a lock. */
export interface LockHolder {
    /** Its process, as it sees itself: in another container it may be another number. */
    pid: number;
}

/** A lock that this process holds, or the one that does. */
export type LockAttempt = { release: () => void } | { holder: LockHolder };

/** What one of several that want the lock answers to the others. */
interface Answer extends LockHolder {
    holds: boolean;
}

/** How long two that came at once try to let one of them through, in milliseconds. */
const CONTENTION = 10_000;
/** Who is alive and says nothing for so long, in milliseconds, is stopped or busy, and may hold the lock. */
const SILENCE = 5000;
/** The longest path of a socket that every system takes, in bytes. */
const LONGEST_PATH = 103;
/** A socket that was never named in full is left over from a process that was killed when it is so old, in milliseconds. */
const LEFT_OVER = 60_000;

/**
 * Makes this process the only holder of the lock `path`, a file's path that need not exist, until `release` is called or
 * the process ends, however it ends.
 *
 * Each that wants the lock listens on a socket beside `path`, then asks all others there: the system itself says who is
 * alive, so that a number of a process that is used again, another container or a takeover by two at once cannot deceive
 * it. A socket appears under its name only when it listens: one that refuses is nobody's, and is removed.
 */
export async function acquireLock(path: string): Promise<LockAttempt> {
    const own = resolve(path);
    // Within the process the first that asks is the first, before any socket is.
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
            // The first by name waits for the others to give way.
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

/** Whether all others have given way; not where one of them holds the lock. */
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

/** Listens on a socket of the lock: beside its file, or where the file system there has none, in the temporary folder. */
async function appear(path: string, state: Answer): Promise<Appearance> {
    const beside = dirname(resolve(path));
    mkdirSync(beside, { recursive: true });
    try {
        return await listenIn(beside, `${basename(path)}.`, state);
    } catch (error) {
        if (
            !/^(EINVAL|ENAMETOOLONG|ENOSYS|ENOTSUP|EOPNOTSUPP|EPERM)$/.test((error as NodeJS.ErrnoException).code ?? "")
        ) {
            throw error;
        }
    }
    const temporary = join(tmpdir(), `gcp-invoke-locks-${userInfo().uid}`);
    mkdirSync(temporary, { recursive: true, mode: 0o700 });
    return await listenIn(temporary, `${digestOf(path).slice(0, 12)}.`, state);
}

async function listenIn(folder: string, prefix: string, state: Answer): Promise<Appearance> {
    const server = answering(state);
    const own = `${prefix}${process.pid}-${randomBytes(6).toString("hex")}.sock`;
    await withShortPath(join(folder, `${own}.new`), (short) => listening(server, short));
    // It is named in full only now that it listens: one that refuses under its full name is nobody's.
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

/** All others that want the lock or hold it. What nobody listens on is removed. */
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
        // Who is too busy to answer is named by its socket.
        const pid = answer.pid || Number(/\.(\d+)-\w+\.sock$/.exec(name)?.[1] ?? 0);
        return [{ ...answer, pid, name }];
    });
    return (await Promise.all(answers)).flat();
}

/** What the other side of a socket says; undefined where nobody listens. No answer counts as one that holds the lock. */
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

/** Uses a socket by a path that every system takes: on Linux a longer one leads over the folder's open file. */
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

/** Windows gives a pipe's name to one process at a time, and takes it back when that ends. */
async function pipeLock(path: string): Promise<LockAttempt> {
    mkdirSync(dirname(resolve(path)), { recursive: true });
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
