import { createCipheriv, createDecipheriv, pbkdf2, randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { makePrivateFolder, readPrivateJson, writePrivateFile } from "../../common";
import { StateError } from "../errors";
import { fileProblem, messageOf } from "../../errors";

/** Without the key, the secrets of the states beside it are lost. */
const LOST_KEY =
    "put the right one in its place; without it the secrets of the stacks beside it are lost: delete it and them to start from an empty state";

/** The file of a directory's key. */
export const KEY_FILE = "key.json";

/** A key with the passphrase that it is derived from. */
interface Made {
    passphrase: string;
    crypter: Crypter;
}

/** A key that no directory has yet, and whether this process has made one since. */
let prepared: Promise<Made> | undefined;
let hasMade = false;

/** Derives the key of the next new directory in another thread, if this process has made one before: tests make many. */
export function prepareKey(): void {
    if (hasMade) {
        hasMade = false;
        prepared ??= makeKey();
    }
}

/** Derives the key of a directory in another thread before it is needed, if the directory has none. */
export function prepareKeyOf(directory: string): void {
    if (!existsSync(join(directory, KEY_FILE))) {
        prepared ??= makeKey();
    }
}

async function makeKey(): Promise<Made> {
    const passphrase = randomBytes(24).toString("base64url");
    return { passphrase, crypter: await Crypter.create(passphrase) };
}

/**
 * Encrypts the secrets of state files and configuration, in the format of Pulumi's passphrase secrets provider
 * (AES-256-GCM under a key of PBKDF2-SHA-256, 1,000,000 rounds), so that `pulumi stack import` takes the file.
 * https://github.com/pulumi/pulumi/blob/master/pkg/secrets/passphrase/manager.go
 */
export class Crypter {
    private constructor(
        private readonly key: Buffer,
        /** `v1:SALT:CHECK`, as it is written in state files and in `Pulumi.<stack>.yaml`. */
        readonly salt: string,
    ) {}

    /** The key of a passphrase and `v1:SALT:CHECK`. Throws if the salt was made with another passphrase. */
    static async open(passphrase: string, salt: string): Promise<Crypter> {
        const [version, bytes, ...check] = salt.split(":");
        if (version !== "v1" || bytes === undefined) {
            throw new StateError(`the encryption salt starts with "${version ?? ""}", expected "v1"`);
        }
        const crypter = new Crypter(await derive(passphrase, Buffer.from(bytes, "base64")), salt);
        try {
            crypter.decrypt(check.join(":"));
        } catch {
            throw new StateError("incorrect passphrase", {
                fix: "set PULUMI_CONFIG_PASSPHRASE, or PULUMI_CONFIG_PASSPHRASE_FILE, to the one the secrets were made with",
            });
        }
        return crypter;
    }

    /** The key of a passphrase and a new salt. */
    static async create(passphrase: string): Promise<Crypter> {
        const bytes = randomBytes(8);
        const key = await derive(passphrase, bytes);
        return new Crypter(key, `v1:${bytes.toString("base64")}:${seal(key, "pulumi")}`);
    }

    /**
     * The key of a directory of state files. It is created at the first use, and kept with its passphrase in a file that
     * only its owner can read. The key itself is kept too, as deriving it takes half a second.
     */
    static async ofFile(file: string): Promise<Crypter> {
        const kept = readPrivateJson(file, LOST_KEY);
        if (kept !== undefined) {
            return Crypter.ofKept(kept, file);
        }
        const made = prepared ?? makeKey();
        prepared = undefined;
        hasMade = true;
        const { passphrase, crypter } = await made;
        makePrivateFolder(dirname(file));
        writePrivateFile(file, JSON.stringify({ passphrase, key: crypter.key.toString("base64"), salt: crypter.salt }));
        return crypter;
    }

    private static ofKept(kept: unknown, file: string): Crypter {
        const { key, salt } = (kept ?? {}) as Record<string, unknown>;
        if (typeof key === "string" && typeof salt === "string") {
            const crypter = new Crypter(Buffer.from(key, "base64"), salt);
            try {
                crypter.decrypt(salt.split(":").slice(2).join(":"));
                return crypter;
            } catch {
                // The key does not fit its own salt: the error below says so.
            }
        }
        throw new StateError(`${file} is damaged: it holds no key that fits its salt`, { fix: LOST_KEY });
    }

    /** Encrypts a text as `v1:NONCE:CIPHERTEXT`. */
    encrypt(text: string): string {
        return seal(this.key, text);
    }

    /** Decrypts a text. Throws if it was encrypted with another key. */
    decrypt(text: string): string {
        const [version, nonce, sealed] = text.split(":");
        if (version !== "v1" || nonce === undefined || sealed === undefined) {
            throw new StateError("a secret is not in the format v1:NONCE:CIPHERTEXT");
        }
        const bytes = Buffer.from(sealed, "base64");
        const decipher = createDecipheriv("aes-256-gcm", this.key, Buffer.from(nonce, "base64"));
        decipher.setAuthTag(bytes.subarray(-16));
        return decipher.update(bytes.subarray(0, -16)).toString("utf8") + decipher.final("utf8");
    }
}

/**
 * The passphrase of a user's secrets, as Pulumi finds it: `PULUMI_CONFIG_PASSPHRASE`, else the content of the file that
 * `PULUMI_CONFIG_PASSPHRASE_FILE` names. Throws if that file cannot be read.
 */
export function passphraseOf(environment: Record<string, string | undefined>): string | undefined {
    const file = environment["PULUMI_CONFIG_PASSPHRASE_FILE"];
    const given = environment["PULUMI_CONFIG_PASSPHRASE"];
    if (given !== undefined || file === undefined || file === "") {
        return given;
    }
    try {
        return readFileSync(file, "utf8").trim();
    } catch (error) {
        const { wrong, fix } = fileProblem(error) ?? { wrong: messageOf(error) };
        throw new StateError(`PULUMI_CONFIG_PASSPHRASE_FILE is ${file}, which cannot be read: ${wrong}`, {
            fix,
            cause: error,
        });
    }
}

function derive(passphrase: string, salt: Buffer): Promise<Buffer> {
    return promisify(pbkdf2)(passphrase, salt, 1_000_000, 32, "sha256");
}

function seal(key: Buffer, text: string): string {
    const nonce = randomBytes(12);
    const cipher = createCipheriv("aes-256-gcm", key, nonce);
    const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()]);
    return `v1:${nonce.toString("base64")}:${sealed.toString("base64")}`;
}
