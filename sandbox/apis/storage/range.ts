import { RouteAnswer } from "../framework";

/** `bytes=0-99`, `bytes=100-`, `bytes=-10`. */
const RANGE = /^bytes=(\d*)-(\d*)$/;

/**
 * Bytes as a download answers them: whole, or the range that the request asks for. A range that cannot be read counts as
 * none. https://cloud.google.com/storage/docs/xml-api/reference-headers#range
 */
export function download(bytes: Buffer, range: string | undefined, headers: Record<string, string>): RouteAnswer {
    const [, first = "", last = ""] = RANGE.exec(range ?? "") ?? [];
    if (first === "" && last === "") {
        return new RouteAnswer(200, bytes, { ...headers, "accept-ranges": "bytes" });
    }
    const start = first === "" ? Math.max(0, bytes.length - Number(last)) : Number(first);
    const end = first === "" || last === "" ? bytes.length - 1 : Math.min(Number(last), bytes.length - 1);
    if (start >= bytes.length || (last !== "" && first !== "" && Number(last) < start)) {
        return new RouteAnswer(416, "", { "content-range": `bytes */${bytes.length}` });
    }
    return new RouteAnswer(206, bytes.subarray(start, end + 1), {
        ...headers,
        "accept-ranges": "bytes",
        "content-range": `bytes ${start}-${end}/${bytes.length}`,
    });
}
