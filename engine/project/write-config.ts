import { existsSync, readFileSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { Document, isMap, parseDocument } from "yaml";
import { fileProblem, messageOf } from "../../errors";
import { ProjectError } from "../errors";
import { Crypter, passphraseOf } from "../state";
import { qualify } from "./config-schema";

/** A value for a stack's configuration. */
export interface NewValue {
    value: string;
    /** Whether it is encrypted, by the passphrase in `PULUMI_CONFIG_PASSPHRASE`. */
    secret: boolean;
}

/**
 * Writes one value of a stack's configuration, or takes it out, as `pulumi config set` and `pulumi config rm` do. All else in
 * the file stays as it is, comments included.
 *
 * @param file - `Pulumi.<stack>.yaml`, which need not exist
 * @param value - undefined to take the value out
 * @returns whether the file had a value for the key
 * @throws ProjectError if the file cannot be read, or the secret cannot be encrypted; then the file is unchanged
 */
export async function writeConfig(
    file: string,
    project: string,
    key: string,
    value: NewValue | undefined,
    environment: Record<string, string | undefined>,
): Promise<boolean> {
    if (!/^[^:\s]+(:[^:\s]+)?$/.test(key)) {
        throw new ProjectError(`${JSON.stringify(key)} is no key of a configuration`, {
            fix: "write it like location, or gcp:project",
        });
    }
    const document = existsSync(file) ? parseDocument(readFileSync(file, "utf8")) : new Document({});
    const [broken] = document.errors;
    if (broken !== undefined || (document.contents !== null && !isMap(document.contents))) {
        throw new ProjectError(`${file}: ${broken?.message.trim() ?? "expected a map"}`, {
            fix: "correct the file first",
        });
    }
    const config = document.get("config", true);
    if (config !== undefined && config !== null && !isMap(config)) {
        throw new ProjectError(`${file}: config is no map`, { fix: "correct the file first" });
    }
    const qualified = qualify(project, key);
    // The same key may be written in a longer or in a shorter form.
    const written = isMap(config)
        ? config.items.map((item) => String(item.key)).find((each) => qualify(project, each) === qualified)
        : undefined;
    if (value === undefined) {
        if (written !== undefined) {
            document.deleteIn(["config", written]);
        }
    } else {
        document.setIn(
            ["config", written ?? qualified],
            value.secret ? await sealed(document, value.value) : value.value,
        );
    }
    if (value !== undefined || written !== undefined) {
        replaceFile(file, String(document));
    }
    return written !== undefined;

    async function sealed(whole: Document, text: string): Promise<{ secure: string }> {
        const passphrase = passphraseOf(environment);
        if (passphrase === undefined) {
            throw new ProjectError(`${key} is to be secret, and there is no passphrase to encrypt it`, {
                fix: "set PULUMI_CONFIG_PASSPHRASE or PULUMI_CONFIG_PASSPHRASE_FILE",
            });
        }
        const salt: unknown = whole.get("encryptionsalt");
        if (salt === undefined && typeof whole.get("secretsprovider") === "string") {
            throw new ProjectError(`${file} has secrets by ${String(whole.get("secretsprovider"))}`, {
                fix: "only secrets by passphrase can be written here: use the Pulumi CLI, which knows the provider",
            });
        }
        const crypter =
            typeof salt === "string" ? await Crypter.open(passphrase, salt) : await Crypter.create(passphrase);
        whole.set("encryptionsalt", crypter.salt);
        return { secure: crypter.encrypt(text) };
    }
}

/** Replaces a file of the user's, which keeps its mode and, if it is a link, its place. It is never half written. */
function replaceFile(file: string, text: string): void {
    const found = existsSync(file);
    const place = found ? realpathSync(file) : file;
    const fresh = `${place}.${process.pid}.new`;
    try {
        writeFileSync(fresh, text, { flag: "wx", ...(found && { mode: statSync(place).mode }) });
        renameSync(fresh, place);
    } catch (error) {
        rmSync(fresh, { force: true });
        const { wrong, fix } = fileProblem(error) ?? { wrong: messageOf(error) };
        throw new ProjectError(`${file} cannot be written: ${wrong}`, { fix, cause: error });
    }
}
