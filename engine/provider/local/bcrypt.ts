import { randomBytes } from "node:crypto";

/** How often the key is mixed in, as a power of two. It is the cost that the provider uses. */
const COST = 10;
const ALPHABET = "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/** The digits of pi after its point, as 1,042 words of 32 bits: 18 of the subkeys, then 4 tables of 256. */
let initial: Uint32Array | undefined;

function digitsOfPi(): Uint32Array {
    const bits = 32n * 1042n;
    const one = 1n << (bits + 64n);
    const arctangent = (inverse: bigint): bigint => {
        let [power, sum] = [one / inverse, 0n];
        for (let n = 1n; power !== 0n; n += 2n, power /= inverse * inverse) {
            sum += n % 4n === 1n ? power / n : -(power / n);
        }
        return sum;
    };
    // By Machin's formula.
    const fraction = ((16n * arctangent(5n) - 4n * arctangent(239n)) % one) >> 64n;
    return Uint32Array.from({ length: 1042 }, (_, at) =>
        Number((fraction >> (bits - 32n * BigInt(at + 1))) & 0xffffffffn),
    );
}

/** Blowfish with an expensive key setup. https://www.usenix.org/legacy/events/usenix99/provos/provos.pdf */
class Blowfish {
    private readonly words = Uint32Array.from((initial ??= digitsOfPi()));

    private mix(x: number): number {
        const { words } = this;
        const [a, b, c, d] = [x >>> 24, (x >>> 16) & 255, (x >>> 8) & 255, x & 255];
        const sum = (words[18 + a] ?? 0) + (words[274 + b] ?? 0);
        return ((sum ^ (words[530 + c] ?? 0)) + (words[786 + d] ?? 0)) >>> 0;
    }

    encrypt([left, right]: readonly [number, number]): [number, number] {
        const { words } = this;
        let [l, r] = [left, right];
        for (let round = 0; round < 16; round += 2) {
            l ^= words[round] ?? 0;
            r ^= this.mix(l) ^ (words[round + 1] ?? 0);
            l ^= this.mix(r);
        }
        return [(r ^ (words[17] ?? 0)) >>> 0, (l ^ (words[16] ?? 0)) >>> 0];
    }

    /** Mixes a key into all words, and a salt into what is encrypted. */
    expand(key: Uint32Array, salt: Uint32Array): void {
        const { words } = this;
        for (let at = 0; at < 18; at++) {
            words[at] = (words[at] ?? 0) ^ (key[at % key.length] ?? 0);
        }
        let block: [number, number] = [0, 0];
        for (let at = 0; at < words.length; at += 2) {
            block = this.encrypt([block[0] ^ (salt[at % 4] ?? 0), block[1] ^ (salt[(at + 1) % 4] ?? 0)]);
            [words[at], words[at + 1]] = block;
        }
    }
}

/** Bytes as 18 words, from their beginning again as often as needed. */
function wordsOf(bytes: Buffer): Uint32Array {
    const repeated = Buffer.alloc(72, bytes);
    return Uint32Array.from({ length: 18 }, (_, at) => repeated.readUInt32BE(at * 4));
}

/** Base 64 in the alphabet of bcrypt. */
function encode(bytes: Buffer): string {
    const standard = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    return Array.from(bytes.toString("base64").replace(/=+$/, ""), (letter) => ALPHABET[standard.indexOf(letter)]).join(
        "",
    );
}

/** The bcrypt hash of a text, of which the first 72 bytes count: `$2a$10$…`. */
export function bcrypt(text: string, salt = randomBytes(16)): string {
    const key = wordsOf(Buffer.from(`${text}\0`));
    const salted = Uint32Array.from({ length: 4 }, (_, at) => salt.readUInt32BE(at * 4));
    const nothing = new Uint32Array(4);
    const saltAsKey = Uint32Array.from({ length: 18 }, (_, at) => salted[at % 4] ?? 0);
    const state = new Blowfish();
    state.expand(key, salted);
    for (let round = 0; round < 2 ** COST; round++) {
        state.expand(key, nothing);
        state.expand(saltAsKey, nothing);
    }
    const magic = Buffer.from("OrpheanBeholderScryDoubt");
    const result = Buffer.alloc(24);
    for (let at = 0; at < 24; at += 8) {
        let block: [number, number] = [magic.readUInt32BE(at), magic.readUInt32BE(at + 4)];
        for (let times = 0; times < 64; times++) {
            block = state.encrypt(block);
        }
        result.writeUInt32BE(block[0], at);
        result.writeUInt32BE(block[1], at + 4);
    }
    return `$2a$${COST}$${encode(salt)}${encode(result.subarray(0, 23))}`;
}
