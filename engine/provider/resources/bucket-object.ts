import { contentOf, type Properties, text } from "../../values";
import type { SpecialType } from "../special";

/** `gcp.storage.BucketObject`. https://cloud.google.com/storage/docs/json_api/v1/objects */
export const bucketObject: SpecialType = {
    token: "gcp:storage/bucketObject:BucketObject",
    autoName: { property: "name", maximum: 1024 },
    async create(http, inputs) {
        const name = text(inputs["name"]);
        const content =
            typeof inputs["content"] === "string"
                ? Buffer.from(inputs["content"])
                : contentOf(inputs["source"] ?? null);
        const url = `https://storage.googleapis.com/upload/storage/v1/b/${text(inputs["bucket"])}/o?uploadType=media&name=${encodeURIComponent(name)}`;
        await http.call("POST", url, content, {
            "content-type": text(inputs["contentType"] ?? "application/octet-stream"),
        });
        const id = bucketObject.identify?.(inputs) ?? "";
        return { id, outputs: (await bucketObject.read(http, id, inputs)) ?? {} };
    },
    async read(http, _, inputs) {
        const name = text(inputs["name"]);
        const remote = await http.find("GET", objectUrl(inputs));
        if (remote === undefined) {
            return undefined;
        }
        const kept = { ...inputs };
        // The provider does not keep what was uploaded as text.
        delete kept["content"];
        const hash = Buffer.from(text(remote["md5Hash"] ?? ""), "base64").toString("hex");
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
    // The provider makes a changed object anew under its name.
    async update(http, _, inputs) {
        await bucketObject.create(http, inputs);
    },
    async delete(http, _, inputs) {
        await http.call("DELETE", objectUrl(inputs));
    },
    identify: (inputs) => `${text(inputs["bucket"])}-${text(inputs["name"])}`,
};

function objectUrl(inputs: Properties): string {
    return `https://storage.googleapis.com/storage/v1/b/${text(inputs["bucket"])}/o/${encodeURIComponent(text(inputs["name"]))}`;
}
