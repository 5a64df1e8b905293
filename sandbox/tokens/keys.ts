import { createHash, createPublicKey, generateKeyPair, generateKeyPairSync, type KeyObject } from "node:crypto";
import { promisify } from "node:util";
import type { JWK } from "jose";
import type { Clock } from "../cloud";

/** A pair of keys that signs, with the identifier that tokens carry. */
export interface SigningKey {
    id: string;
    privateKey: KeyObject;
    publicKey: KeyObject;
}

const RSA = { modulusLength: 2048 };

/** An RSA pair that nobody has yet. */
let prepared: SigningKey | undefined;
let preparing: Promise<void> | undefined;

/** Makes an RSA pair in another thread, for the next {@link generateKey}: a request that needs it would wait for it. */
export function prepareKey(): Promise<void> {
    return (preparing ??= promisify(generateKeyPair)("rsa", RSA).then((pair) => void (prepared = signingKey(pair))));
}

/** An RSA pair of 2048 bits (about 70 ms, if none was prepared), or one of P-256 (1 ms). No pair is given out twice. */
export function generateKey(type: "rsa" | "ec" = "rsa"): SigningKey {
    if (type === "ec") {
        return signingKey(generateKeyPairSync("ec", { namedCurve: "P-256" }));
    }
    if (prepared === undefined) {
        return signingKey(generateKeyPairSync("rsa", RSA));
    }
    const key = prepared;
    prepared = undefined;
    preparing = undefined;
    return key;
}

function signingKey({ publicKey, privateKey }: Omit<SigningKey, "id">): SigningKey {
    return { id: keyId(publicKey), privateKey, publicKey };
}

/** 40 hexadecimal digits, as Google's key identifiers have. */
function keyId(key: KeyObject): string {
    const spki = createPublicKeyOf(key).export({ type: "spki", format: "der" });
    return createHash("sha256").update(spki).digest("hex").slice(0, 40);
}

/** A public key as a JSON Web Key Set has it. */
export function toJwk({ id, publicKey }: Pick<SigningKey, "id" | "publicKey">): JWK {
    const elliptic = publicKey.asymmetricKeyType === "ec";
    return { ...publicKey.export({ format: "jwk" }), kid: id, alg: elliptic ? "ES256" : "RS256", use: "sig" };
}

function createPublicKeyOf(key: KeyObject): KeyObject {
    return key.type === "public" ? key : createPublicKey(key);
}

/** The longest lifetime of a token, in milliseconds. Its key stays published for this time. */
const LONGEST_LIFE = 3_600_000;

/**
 * The keys that sign the sandbox's tokens: the current key, and earlier ones while a token of theirs may be valid. They are
 * in memory only, so that no file can leak them. A token is valid only while the sandbox runs that minted it.
 */
export class KeyRing {
    private keys: { key: SigningKey; retired: number }[] = [];

    constructor(
        private readonly clock: Clock,
        private readonly type: "rsa" | "ec" = "rsa",
    ) {}

    /** It is made with the first token, so that a sandbox without tokens does not wait for it. */
    get current(): SigningKey {
        return this.keys[0]?.key ?? this.rotate();
    }

    find(id: unknown): SigningKey | undefined {
        return this.good().find((key) => key.id === id);
    }

    /** All keys whose tokens may be valid, the newest first. */
    published(): SigningKey[] {
        return [this.current, ...this.good().slice(1)];
    }

    rotate(): SigningKey {
        const now = this.clock.now();
        const key = generateKey(this.type);
        const [last, ...older] = this.keys;
        this.keys = [{ key, retired: Infinity }, ...(last ? [{ ...last, retired: now }] : []), ...older];
        return key;
    }

    private good(): SigningKey[] {
        const since = this.clock.now() - LONGEST_LIFE;
        this.keys = this.keys.filter(({ retired }) => retired > since);
        return this.keys.map(({ key }) => key);
    }
}
