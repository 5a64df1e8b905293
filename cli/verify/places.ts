import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createCredentials, createHttp, googleError, type CredentialOptions } from "../../credentials";
import { Semaphore } from "../../common";
import { fileError, UserError } from "../errors";

/** A JSON file in a folder or a bucket. */
export interface JsonFile {
    name: string;
    text: string;
}

const STORAGE = "https://storage.googleapis.com/storage/v1/b/";
const SCOPE = "https://www.googleapis.com/auth/devstorage.read_only";

/** How many objects are read at the same time. */
const AT_ONCE = 16;

/**
 * All JSON files below a folder, or of a bucket's objects with a prefix (`gs://BUCKET/PREFIX`), in the order of their names.
 * @throws UserError if they cannot be read
 */
export function filesIn(place: string, credentials: CredentialOptions): Promise<JsonFile[]> {
    if (!place.includes("://")) {
        return Promise.resolve(filesOfFolder(place));
    }
    const [, bucket, prefix = ""] = /^gs:\/\/([a-z0-9][a-z0-9._-]*)(?:\/(.*))?$/s.exec(place) ?? [];
    if (bucket === undefined) {
        throw new UserError(`${place} is no place of specs`, {
            exitCode: 2,
            fix: "give a folder, or gs://BUCKET/PREFIX",
        });
    }
    return objectsOf(bucket, prefix, credentials);
}

function filesOfFolder(folder: string): JsonFile[] {
    try {
        return readdirSync(folder, { recursive: true, encoding: "utf8" })
            .filter((name) => name.endsWith(".json"))
            .sort()
            .map((name) => ({ name: join(folder, name), text: readFileSync(join(folder, name), "utf8") }));
    } catch (error) {
        throw fileError(`cannot read ${folder}`, error, "give a folder of JSON files");
    }
}

/** https://cloud.google.com/storage/docs/json_api/v1/objects/list */
async function objectsOf(bucket: string, prefix: string, options: CredentialOptions): Promise<JsonFile[]> {
    const http = options.http ?? createHttp();
    try {
        const credentials = await createCredentials({ http, ...options });
        const authorization = `Bearer ${await credentials.accessToken([SCOPE])}`;
        const read = async (path: string): Promise<string> => {
            const answer = await http.fetch(`${STORAGE}${bucket}/${path}`, { headers: { authorization } });
            const text = await answer.text();
            if (answer.status !== 200) {
                throw new UserError(
                    `cannot read gs://${bucket}/${prefix}: ${answer.status} ${googleError(text).message}`,
                    {
                        fix: `grant the account of the check roles/storage.objectViewer on the bucket ${bucket}`,
                    },
                );
            }
            return text;
        };
        const names: string[] = [];
        for (let page: string | undefined = ""; page !== undefined;) {
            const query = new URLSearchParams({ prefix, fields: "items(name),nextPageToken", pageToken: page });
            const list = JSON.parse(await read(`o?${query.toString()}`)) as Listing;
            names.push(...(list.items ?? []).map(({ name }) => name).filter((name) => name.endsWith(".json")));
            page = list.nextPageToken;
        }
        const semaphore = new Semaphore(AT_ONCE);
        const readOne = async (name: string): Promise<JsonFile> => ({
            name: `gs://${bucket}/${name}`,
            text: await semaphore.run(() => read(`o/${encodeURIComponent(name)}?alt=media`)),
        });
        return await Promise.all(names.sort().map(readOne));
    } finally {
        if (options.http === undefined) {
            await http.close();
        }
    }
}

interface Listing {
    items?: { name: string }[];
    nextPageToken?: string;
}
