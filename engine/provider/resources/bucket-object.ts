import { asText, contentOf, type Properties } from "../../values";
import type { HandwrittenType } from "../handwritten";

/** `gcp.storage.BucketObject`. https://cloud.google.com/storage/docs/json_api/v1/objects */
export const bucketObject: HandwrittenType = {
    token: "gcp:storage/bucketObject:BucketObject",
    autoName: { property: "name", maximum: 1024 },
    async create(http, inputs) {
        const name = asText(inputs["name"]);
        const content =
            typeof inputs["content"] === "string"
                ? Buffer.from(inputs["content"])
                : contentOf(inputs["source"] ?? null);
        const key = asText(inputs["kmsKeyName"] ?? "");
        const encrypted = key === "" ? "" : `&kmsKeyName=${encodeURIComponent(key)}`;
        const url = `https://storage.googleapis.com/upload/storage/v1/b/${asText(inputs["bucket"])}/o?uploadType=media&name=${encodeURIComponent(name)}${encrypted}`;
        await http.call("POST", url, content, {
            "content-type": asText(inputs["contentType"] ?? "application/octet-stream"),
        });
        const id = bucketObject.identify?.(inputs) ?? "";
        return { id, outputs: (await bucketObject.read(http, id, inputs)) ?? {} };
    },
    async read(http, _, inputs) {
        const name = asText(inputs["name"]);
        const remote = await http.find("GET", objectUrl(inputs));
        if (remote === undefined) {
            return undefined;
        }
        const kept = { ...inputs };
        // The provider does not keep a text that was uploaded.
        delete kept["content"];
        const hash = Buffer.from(asText(remote["md5Hash"] ?? ""), "base64").toString("hex");
        return {
            ...kept,
            outputName: name,
            generation: Number(remote["generation"] ?? 0),
            md5hash: remote["md5Hash"] ?? "",
            md5hexhash: hash,
            crc32c: remote["crc32c"] ?? "",
            mediaLink: remote["mediaLink"] ?? "",
            selfLink: remote["selfLink"] ?? "",
            contentType: remote["contentType"] ?? "",
            storageClass: remote["storageClass"] ?? "",
        };
    },
    // The provider uploads a changed object again under its name.
    async update(http, _, inputs) {
        await bucketObject.create(http, inputs);
    },
    async delete(http, _, inputs) {
        await http.call("DELETE", objectUrl(inputs));
    },
    identify: (inputs) => `${asText(inputs["bucket"])}-${asText(inputs["name"])}`,
};

function objectUrl(inputs: Properties): string {
    return `https://storage.googleapis.com/storage/v1/b/${asText(inputs["bucket"])}/o/${encodeURIComponent(asText(inputs["name"]))}`;
}
