import assert from "node:assert/strict";
import { createPublicKey, X509Certificate } from "node:crypto";

import { localProviders } from "../../../engine/provider/local";
import { bcrypt } from "../../../engine/provider/local/bcrypt";
import { random } from "../../../engine/provider/local/random";
import { time } from "../../../engine/provider/local/time";
import { tls } from "../../../engine/provider/local/tls";
import type { Subject } from "../../../engine/provider/types";
import { type Properties, UNKNOWN, type Value } from "../../../engine/values/values";

const text = (value: Value | undefined): string => (typeof value === "string" ? value : JSON.stringify(value));

const subjectOf = (type: string): Subject => ({ type, name: "r", urn: `urn:pulumi:dev::p::${type}::r`, config: {} });

function providerOf(token: string) {
    const found = localProviders().find((provider) => provider.knows(token));
    assert.ok(found, token);
    return found;
}

/** Creates a resource as the engine does: it checks, previews, creates, and compares what was previewed. */
async function made(type: string, given: Properties) {
    const subject = subjectOf(type);
    const provider = providerOf(type);
    const { inputs, failures } = await provider.check(subject, {}, given);
    assert.deepEqual(failures, [], type);
    const { outputs: planned } = await provider.create(subject, inputs, true);
    const { id = "", outputs } = await provider.create(subject, inputs, false);
    assert.notEqual(id, "", type);
    for (const [key, value] of Object.entries(planned)) {
        assert.ok(key in outputs, `${type}.${key}`);
        assert.ok(value === UNKNOWN || JSON.stringify(value) === JSON.stringify(outputs[key]), `${type}.${key}`);
    }
    return { subject, provider, state: { id, inputs, outputs }, outputs };
}

const invoke = async (token: string, args: Properties): Promise<Properties> =>
    (await providerOf(token).invoke?.(token, args, {}, false)) ?? {};

let ca: { key: string; cert: string; request: string };
before(async () => {
    const key = (await made("tls:index/privateKey:PrivateKey", { algorithm: "ECDSA", ecdsaCurve: "P256" })).outputs;
    const privateKeyPem = text(key["privateKeyPem"]);
    const authority = await made("tls:index/selfSignedCert:SelfSignedCert", {
        privateKeyPem,
        allowedUses: ["cert_signing"],
        isCaCertificate: true,
        validityPeriodHours: 12,
        subject: { commonName: "authority" },
    });
    const request = await made("tls:index/certRequest:CertRequest", {
        privateKeyPem,
        dnsNames: ["a.example.com"],
        subject: { commonName: "a.example.com" },
    });
    ca = {
        key: privateKeyPem,
        cert: text(authority.outputs["certPem"]),
        request: text(request.outputs["certRequestPem"]),
    };
});

/** Inputs for each type, and what its outputs must be. */
const cases: Record<string, [inputs: () => Properties, holds: (outputs: Properties) => boolean]> = {
    RandomId: [
        () => ({ byteLength: 8, prefix: "p-" }),
        ({ hex, b64Std, dec }) =>
            /^p-[\da-f]{16}$/.test(text(hex)) &&
            Buffer.from(text(b64Std).slice(2), "base64").toString("hex") === text(hex).slice(2) &&
            BigInt(text(dec).slice(2)) === BigInt(`0x${text(hex).slice(2)}`),
    ],
    RandomPassword: [
        () => ({ length: 20, minNumeric: 3, special: false, upper: false }),
        ({ result, bcryptHash, numeric, number }) =>
            /^[a-z\d]{20}$/.test(text(result)) &&
            text(result).replace(/\D/g, "").length >= 3 &&
            text(bcryptHash).startsWith("$2a$10$") &&
            numeric === true &&
            number === true,
    ],
    RandomString: [
        () => ({ length: 5, lower: false, upper: false, numeric: false, overrideSpecial: "+-" }),
        ({ result, id }) => /^[+-]{5}$/.test(text(result)) && id === result,
    ],
    RandomPet: [() => ({ length: 3, prefix: "my", separator: "_" }), ({ id }) => /^my(_[a-z]+){3}$/.test(text(id))],
    RandomInteger: [() => ({ min: 3, max: 5 }), ({ result }) => [3, 4, 5].includes(Number(result))],
    RandomUuid: [() => ({}), ({ result }) => /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/.test(text(result))],
    RandomUuid4: [() => ({}), ({ result }) => /-4[\da-f]{3}-[89ab]/.test(text(result))],
    RandomUuid7: [() => ({}), ({ result }) => /-7[\da-f]{3}-[89ab]/.test(text(result))],
    RandomShuffle: [
        () => ({ inputs: ["a", "b", "c"], resultCount: 5 }),
        ({ results }) => Array.isArray(results) && results.length === 5 && new Set(results).size === 3,
    ],
    RandomBytes: [
        () => ({ length: 4 }),
        ({ base64, hex }) => Buffer.from(text(base64), "base64").toString("hex") === hex,
    ],
    PrivateKey: [
        () => ({ algorithm: "ED25519" }),
        ({ publicKeyOpenssh, publicKeyPem, privateKeyOpenssh }) =>
            /^ssh-ed25519 AAAA/.test(text(publicKeyOpenssh)) &&
            createPublicKey(text(publicKeyPem)).asymmetricKeyType === "ed25519" &&
            text(privateKeyOpenssh).startsWith("-----BEGIN OPENSSH PRIVATE KEY-----\n"),
    ],
    CertRequest: [
        () => ({ privateKeyPem: ca.key, dnsNames: ["b.example.com"] }),
        ({ certRequestPem, keyAlgorithm }) =>
            /CERTIFICATE REQUEST/.test(text(certRequestPem)) && keyAlgorithm === "ECDSA",
    ],
    SelfSignedCert: [
        () => ({
            privateKeyPem: ca.key,
            allowedUses: ["server_auth"],
            validityPeriodHours: 1,
            dnsNames: ["c.example.com"],
        }),
        ({ certPem }) => new X509Certificate(text(certPem)).subjectAltName === "DNS:c.example.com",
    ],
    LocallySignedCert: [
        () => ({
            caCertPem: ca.cert,
            caPrivateKeyPem: ca.key,
            certRequestPem: ca.request,
            allowedUses: ["server_auth"],
            validityPeriodHours: 1,
        }),
        ({ certPem }) => {
            const [own, authority] = [new X509Certificate(text(certPem)), new X509Certificate(ca.cert)];
            return (
                own.checkIssued(authority) &&
                own.verify(authority.publicKey) &&
                own.checkHost("a.example.com") !== undefined
            );
        },
    ],
    Static: [() => ({ rfc3339: "2026-03-04T05:06:07Z" }), ({ year, unix }) => year === 2026 && unix === 1772600767],
    Offset: [
        () => ({ baseRfc3339: "2026-12-31T00:00:00Z", offsetDays: 1, offsetHours: 2 }),
        ({ rfc3339, year }) => rfc3339 === "2027-01-01T02:00:00Z" && year === 2027,
    ],
    Rotating: [
        () => ({ rfc3339: "2026-01-01T00:00:00Z", rotationMonths: 1 }),
        ({ rotationRfc3339 }) => rotationRfc3339 === "2026-02-01T00:00:00Z",
    ],
    Sleep: [() => ({ createDuration: "30s" }), ({ createDuration }) => createDuration === "30s"],
};

describe("packages that need no cloud", () => {
    for (const token of [random, tls, time].flatMap(({ types }) => Object.keys(types))) {
        it(`make ${token}, leave it as it is, and replace it by its schema`, async () => {
            const [given, holds] = cases[token.split(":")[2] ?? ""] ?? assert.fail(`no case for ${token}`);
            const { subject, provider, state, outputs } = await made(token, given());
            assert.ok(holds(outputs), JSON.stringify(outputs));
            const { inputs: again } = await provider.check(subject, state.inputs, given());
            assert.deepEqual((await provider.diff(subject, state, again)).detailed, []);
            assert.deepEqual(await provider.read(subject, state.id, state), state);
            const { inputs: known = {} } = [random, tls, time].flatMap(({ types }) => types[token] ?? [])[0] ?? {};
            for (const key of ["keepers", "triggers"].filter((each) => each in known)) {
                const { inputs } = await provider.check(subject, state.inputs, { ...given(), [key]: { a: "b" } });
                assert.ok((await provider.diff(subject, state, inputs)).detailed.every(({ replaces }) => replaces));
            }
            const { failures } = await provider.check(subject, {}, { ...given(), noSuch: 1 });
            assert.deepEqual(
                failures.map(({ property }) => property),
                ["noSuch"],
            );
            await provider.delete(subject, state);
        });
    }

    it("import what they make by its id, with the inputs that a program gives", async () => {
        for (const [name, id, given] of [
            ["randomId:RandomId", "p-,AAEC", { byteLength: 3, prefix: "p-" }],
            ["randomPassword:RandomPassword", "secret-1", { length: 8 }],
            ["randomString:RandomString", "secret-1", { length: 8 }],
            ["randomInteger:RandomInteger", "4,1,6", { min: 1, max: 6 }],
            ["randomBytes:RandomBytes", "AAEC", { length: 3 }],
        ] as const) {
            const subject = subjectOf(`random:index/${name}`);
            const provider = providerOf(subject.type);
            const found = (await provider.read(subject, id)) ?? assert.fail(name);
            const { inputs } = await provider.check(subject, found.inputs, given);
            assert.deepEqual((await provider.diff(subject, found, inputs)).detailed, [], name);
        }
        const pet = subjectOf("random:index/randomPet:RandomPet");
        await assert.rejects(
            async () => providerOf(pet.type).read(pet, "a-b"),
            /cannot be imported or read; create it/,
        );
    });

    it("refuse a password that cannot be, and never make one that lacks what it needs", async () => {
        const type = "random:index/randomPassword:RandomPassword";
        await assert.rejects(
            made(type, { length: 3, minLower: 2, minUpper: 2 }),
            /length is 3, and at least 4 characters/,
        );
        await assert.rejects(
            made(type, { length: 3, lower: false, upper: false, numeric: false, special: false }),
            /of no kind/,
        );
        for (let times = 0; times < 200; times++) {
            const { outputs } = await made("random:index/randomString:RandomString", {
                length: 4,
                minLower: 1,
                minUpper: 1,
                minNumeric: 1,
                minSpecial: 1,
            });
            for (const kind of [/[a-z]/, /[A-Z]/, /\d/, /[^a-zA-Z\d]/]) {
                assert.match(text(outputs["result"]), kind);
            }
        }
    });

    it("give the same values for the same seed, and others for another", async () => {
        const inputs = Array.from({ length: 30 }, (_, at) => `${at}`);
        const results = async (seed: string) =>
            (await made("random:index/randomShuffle:RandomShuffle", { inputs, seed })).outputs["results"];
        assert.deepEqual(await results("a"), await results("a"));
        assert.notDeepEqual(await results("a"), await results("b"));
    });

    it("hash passwords as bcrypt does", () => {
        // The hash is that of libxcrypt.
        const salt = Buffer.from("71d79f8218a39259a7a29aabb2dbafc3", "hex");
        assert.equal(bcrypt("secret pässword", salt), "$2a$10$abcdefghijklmnopqrstuuRfOHUOGY9OwuZX0QqKcbFXLOI5Hh7yu");
    });

    it("compute the functions of std", async () => {
        const result = async (name: string, args: Properties) => (await invoke(`std:index:${name}`, args))["result"];
        assert.equal(await result("base64decode", { input: "aGk=" }), "hi");
        assert.equal(
            await result("sha256", { input: "" }),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        );
        assert.equal(await result("join", { input: ["a", "b"], separator: "-" }), "a-b");
        assert.equal(await result("replace", { text: "a.b.c", search: ".", replace: "$&" }), "a$&b$&c");
        assert.equal(await result("replace", { text: "a1b2", search: "/(\\d)/", replace: "<$1>" }), "a<1>b<2>");
        assert.equal(await result("trim", { input: "??hi?", cutset: "?" }), "hi");
        assert.deepEqual(await result("range", { limit: 3 }), [0, 1, 2]);
        assert.deepEqual(await result("merge", { input: [{ a: 1 }, { b: 2 }] }), { a: 1, b: 2 });
        assert.deepEqual(await result("distinct", { input: ["b", "a", "b"] }), ["b", "a"]);
        await assert.rejects(result("jsondecode", { input: "{" }), /std\.jsondecode: .*; correct its arguments/);
    });
});
