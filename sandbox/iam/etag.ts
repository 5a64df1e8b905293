/** The etag that Google gives for a policy that was never set. */
export const noEtag = "ACAB";

/** An etag is bytes, and clients may write those in either alphabet of base64. https://protobuf.dev/programming-guides/json/ */
export function isSameEtag(one: string, other: string): boolean {
    const plain = (text: string) => text.replaceAll("-", "+").replaceAll("_", "/").replace(/=+$/, "");
    return plain(one) === plain(other);
}
