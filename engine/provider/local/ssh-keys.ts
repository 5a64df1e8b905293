import { createHash, createPrivateKey, createPublicKey, type KeyObject, randomBytes } from "node:crypto";

const CURVES: Record<string, string> = { "P-256": "nistp256", "P-384": "nistp384", "P-521": "nistp521" };

const text = (value: string | Buffer): Buffer => {
    const bytes = Buffer.from(value);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    return Buffer.concat([length, bytes]);
};

/** A whole number as SSH writes it: with a zero before it if it would be read as negative. */
const whole = (value: string | undefined): Buffer => {
    const bytes = Buffer.from(value ?? "", "base64url");
    const digits = bytes.subarray(bytes.findIndex((byte) => byte !== 0));
    return text((digits[0] ?? 0) > 127 ? Buffer.concat([Buffer.of(0), digits]) : digits);
};

/** A point on a curve. Its type has no name, because the newest types of Node do not export `JsonWebKey`. */
const point = ({ x = "", y = "" }: { x?: string | undefined; y?: string | undefined }): Buffer =>
    text(Buffer.concat([Buffer.of(4), Buffer.from(x, "base64url"), Buffer.from(y, "base64url")]));

/** The kind of a key, its public part, and its private part, as SSH writes them; nothing for a curve that SSH lacks. */
function parts(key: KeyObject): { kind: string; open: Buffer; secret: Buffer } | undefined {
    const jwk = key.asymmetricKeyType === "ec" && curveOf(key) === undefined ? {} : key.export({ format: "jwk" });
    if (jwk.kty === "RSA") {
        const secret = [jwk.n, jwk.e, jwk.d, jwk.qi, jwk.p, jwk.q].map(whole);
        return { kind: "ssh-rsa", open: Buffer.concat([whole(jwk.e), whole(jwk.n)]), secret: Buffer.concat(secret) };
    }
    const curve = CURVES[jwk.crv ?? ""];
    if (curve !== undefined) {
        const open = Buffer.concat([text(curve), point(jwk)]);
        return { kind: `ecdsa-sha2-${curve}`, open, secret: Buffer.concat([open, whole(jwk.d)]) };
    }
    if (jwk.crv !== "Ed25519") {
        return undefined;
    }
    const bytes = Buffer.from(jwk.x ?? "", "base64url");
    const both = Buffer.concat([Buffer.from(jwk.d ?? "", "base64url"), bytes]);
    return { kind: "ssh-ed25519", open: text(bytes), secret: Buffer.concat([text(bytes), text(both)]) };
}

/** The curve of an elliptic key, if SSH and JSON Web Keys know it. */
const curveOf = (key: KeyObject): string | undefined =>
    ({ prime256v1: "P-256", secp384r1: "P-384", secp521r1: "P-521" })[key.asymmetricKeyDetails?.namedCurve ?? ""];

/** The public key for `authorized_keys`, and its fingerprints; empty texts for a curve that SSH lacks. */
export function sshPublicKey(pem: string): { line: string; md5: string; sha256: string } {
    const found = parts(createPublicKey(pem));
    if (found === undefined) {
        return { line: "", md5: "", sha256: "" };
    }
    const blob = Buffer.concat([text(found.kind), found.open]);
    const digest = (algorithm: string): Buffer => createHash(algorithm).update(blob).digest();
    return {
        line: `${found.kind} ${blob.toString("base64")}\n`,
        md5: digest("md5")
            .toString("hex")
            .replace(/(..)(?=.)/g, "$1:"),
        sha256: `SHA256:${digest("sha256").toString("base64").replace(/=+$/, "")}`,
    };
}

/**
 * The private key in OpenSSH's own format; an empty text for a curve that SSH lacks.
 * https://github.com/openssh/openssh-portable/blob/master/PROTOCOL.key
 */
export function sshPrivateKey(pem: string): string {
    const found = parts(createPrivateKey(pem));
    if (found === undefined) {
        return "";
    }
    const check = randomBytes(4);
    const body = Buffer.concat([check, check, text(found.kind), found.secret, text("")]);
    const padding = Buffer.from(Array.from({ length: (8 - (body.length % 8)) % 8 }, (_, at) => at + 1));
    const file = Buffer.concat([
        Buffer.from("openssh-key-v1\0"),
        ...["none", "none", ""].map(text),
        Buffer.of(0, 0, 0, 1),
        text(Buffer.concat([text(found.kind), found.open])),
        text(Buffer.concat([body, padding])),
    ]);
    const lines = file.toString("base64").match(/.{1,70}/g) ?? [];
    return `-----BEGIN OPENSSH PRIVATE KEY-----\n${lines.join("\n")}\n-----END OPENSSH PRIVATE KEY-----\n`;
}
