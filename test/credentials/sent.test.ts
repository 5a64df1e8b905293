import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import fc from "fast-check";
import { createCredentials, CredentialError, InvokeError, type HttpRequest } from "../../credentials";
import { SentSecrets } from "../../credentials/sent";
import { fakeGoogle } from "../support/fake-google";

const impersonation = (account: string): string =>
    `https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/${account}:generateAccessToken`;

/** What nobody may read in an error: of no shape that a pattern knows, as other identity providers make them. */
const refreshToken = "1//0gQ-refresh_Zk81.vLq/+7Yd==";
const clientSecret = "GOCSPX-Nf3w0_kqT9-xAbPLm2";
const subjectToken = 'opaque "subject"/token&of+an=identity provider%41';
const accessToken = "T0k/en+of-a.federated_user~91==";

const pair = generateKeyPairSync("rsa", { modulusLength: 2048 });
const user = {
    type: "authorized_user",
    client_id: "123.apps.googleusercontent.com",
    client_secret: clientSecret,
    refresh_token: refreshToken,
};

/** Every way in which a text can be quoted by whoever answers. */
const encodings: Record<string, (text: string) => string> = {
    "as it is": (text) => text,
    "in capitals": (text) => text.toUpperCase(),
    "by percent": encodeURIComponent,
    "by percent, each character": (text) => text.replace(/[^]/g, (sign) => `%${hex(sign)}`),
    "by percent, small letters": (text) => encodeURIComponent(text).toLowerCase(),
    "by percent twice": (text) => encodeURIComponent(encodeURIComponent(text)),
    "as a form": (text) => new URLSearchParams({ q: text }).toString(),
    "as JSON": (text) => JSON.stringify(text),
    "as JSON in JSON": (text) => JSON.stringify(JSON.stringify(text)),
    "as JSON with every character escaped": (text) =>
        text.replace(/[^]/g, (sign) => `\\u${hex(sign).padStart(4, "0")}`),
    "as JSON with escaped slashes": (text) => JSON.stringify(text).replaceAll("/", "\\/"),
    "as a text of JavaScript": (text) => text.replace(/\W/g, (sign) => `\\x${hex(sign)}`),
    "as HTML": (text) => text.replace(/[&<>"'/]/g, (sign) => `&#${sign.charCodeAt(0)};`),
    "as HTML in hexadecimal": (text) => text.replace(/[^]/g, (sign) => `&#x${hex(sign)};`),
    "as HTML by names": (text) =>
        text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("/", "&sol;").replaceAll("=", "&equals;"),
    "in base64": (text) => Buffer.from(text).toString("base64"),
    "in base64url": (text) => Buffer.from(text).toString("base64url"),
    "in base64 with letters before": (text) => `data${Buffer.from(text).toString("base64")}`,
    "in base64 of a form": (text) => Buffer.from(`q=${encodeURIComponent(text)}`).toString("base64"),
    "in hexadecimal": (text) => Buffer.from(text).toString("hex"),
    "in hexadecimal with colons": (text) => (Buffer.from(text).toString("hex").match(/../g) ?? []).join(":"),
    "as quoted printable": (text) => text.replace(/[^\w]/g, (sign) => `=${hex(sign).toUpperCase()}`),
    "in lines": (text) => (text.match(/[^]{1,5}/g) ?? []).join("\n "),
};
const hex = (sign: string): string => sign.charCodeAt(0).toString(16).padStart(2, "0");

describe("an error about credentials", () => {
    let folder: string;
    before(() => {
        folder = mkdtempSync(join(tmpdir(), "sent-"));
        writeFileSync(join(folder, "subject"), subjectToken);
    });
    after(() => rmSync(folder, { recursive: true }));

    const federated = (rest: object = {}): object => ({
        type: "external_account",
        audience: "//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/providers/q",
        subject_token_type: "urn:ietf:params:oauth:token-type:jwt",
        token_url: "https://sts.googleapis.com/v1/token",
        credential_source: { file: join(folder, "subject") },
        ...rest,
    });
    /** Sources, and what each sends that nobody may read. */
    const sources: Record<string, { file: () => object; secrets: string[] }> = {
        "a user": { file: () => user, secrets: [refreshToken, clientSecret] },
        "a key": {
            file: () => ({
                type: "service_account",
                client_email: "a@p.iam.gserviceaccount.com",
                private_key: pair.privateKey.export({ type: "pkcs8", format: "pem" }),
            }),
            secrets: [],
        },
        federation: { file: federated, secrets: [subjectToken] },
        "federation with a client": {
            file: () => federated({ client_id: "c", client_secret: clientSecret }),
            secrets: [subjectToken, clientSecret],
        },
        "federation to an account": {
            file: () => federated({ service_account_impersonation_url: impersonation("b@p.iam.gserviceaccount.com") }),
            secrets: [accessToken],
        },
        "a user as an account": {
            file: () => ({
                type: "impersonated_service_account",
                service_account_impersonation_url: impersonation("b@p.iam.gserviceaccount.com"),
                source_credentials: user,
            }),
            secrets: [accessToken],
        },
    };

    /** The error where the last endpoint answers `status` with what `echo` makes of the request. */
    async function errorOf(file: object, status: number, echo: (request: HttpRequest) => unknown): Promise<unknown> {
        const google = fakeGoogle();
        const impersonates = JSON.stringify(file).includes("impersonation_url");
        const token = { body: { access_token: accessToken, token_type: "Bearer", expires_in: 3600 } };
        google.on("https://", (request) =>
            impersonates && !request.url.includes("iamcredentials") ? token : { status, body: echo(request) },
        );
        const env = { CLOUDSDK_CONFIG: folder, PATH: "" };
        const credentials = await createCredentials({ http: google.http, env, credentials: JSON.stringify(file) });
        return credentials.accessToken().then(
            () => assert.fail("there is no token"),
            (error: unknown) => error,
        );
    }

    /** Everything that a program may print of an error. */
    const printed = (error: unknown): string =>
        `${inspect(error, { depth: 10 })} ${JSON.stringify(error)} ${error instanceof InvokeError ? (error.fix ?? "") : ""}`;

    const bodies: Record<string, (said: string) => unknown> = {
        "an error of OAuth": (said) => ({ error: "invalid_grant", error_description: said }),
        "an error of an API": (said) => ({ error: { code: 400, status: "INVALID_ARGUMENT", message: said } }),
        "a consumer": (said) => ({
            error: {
                code: 403,
                message: "disabled",
                details: [{ reason: "SERVICE_DISABLED", metadata: { consumer: `projects/${said}` } }],
            },
        }),
        "a page": (said) => `<html><body>Bad request: ${said}</body></html>`,
        "the code": (said) => ({ error: said }),
    };

    for (const [name, { file, secrets }] of Object.entries(sources)) {
        it(`holds nothing that ${name} sent, however the other side quotes it`, async () => {
            const one = <T extends object>(table: T) => fc.constantFrom(...(Object.keys(table) as (keyof T)[]));
            await fc.assert(
                fc.asyncProperty(
                    one(encodings),
                    one(bodies),
                    fc.constantFrom(200, 400, 401, 403, 404),
                    fc.nat(),
                    fc.boolean(),
                    async (encoding, body, status, pick, cut) => {
                        let quoted = "";
                        const error = await errorOf(file(), status, (request) => {
                            const assertion = new URLSearchParams(request.body).get("assertion");
                            const all = assertion === null ? secrets : [assertion];
                            const secret = all[pick % all.length] ?? "";
                            const part = cut ? secret.slice(0, 20) : secret;
                            quoted = encodings[encoding]!(part);
                            return bodies[body]!(`the request held ${quoted} and more`);
                        });
                        assert.ok(error instanceof CredentialError, String(error));
                        const text = printed(error);
                        for (let at = 0; at + 16 <= quoted.length; at++) {
                            const piece = quoted.slice(at, at + 16);
                            assert.ok(!text.includes(piece), `${encoding}: ${piece} stands in ${text}`);
                        }
                    },
                ),
                { numRuns: 150 },
            );
        });
    }

    it("holds nothing of the whole request, in any encoding", async () => {
        for (const [name, { file }] of Object.entries(sources)) {
            for (const [encoding, encode] of Object.entries(encodings)) {
                let quoted = "";
                const error = await errorOf(file(), 400, (request) => {
                    quoted = encode(`${JSON.stringify(request.headers)}\n${request.body ?? ""}`);
                    return { error: "invalid_request", error_description: quoted };
                });
                const text = printed(error);
                assert.ok(quoted.length > 40 && !text.includes(quoted.slice(-40)), `${name}, ${encoding}: ${text}`);
            }
        }
    });

    it("holds nothing of the request that the other side answers with 500 either", async () => {
        const error = await errorOf(sources["a user as an account"]!.file(), 500, (request) => request);
        assert.ok(error instanceof CredentialError && error.code === "unavailable");
        assert.ok(!printed(error).includes(accessToken.slice(0, 12)));
    });

    it("quotes what holds no secret, on one line and cut, and keeps the code of OAuth beside what it hides", async () => {
        const said = async (message: string): Promise<string> =>
            String(await errorOf(sources["a user as an account"]!.file(), 400, () => ({ error: { message } })));
        assert.match(await said("The caller does not have permission."), /400: The caller does not have permission\.$/);
        assert.match(await said(`invalid_grant: ${accessToken} ended`), /400: invalid_grant; the answer is not shown/);
        assert.doesNotMatch(await said("a\u001b[31m\r\nred line"), /\p{Cc}/u);
        assert.ok((await said("x ".repeat(100_000))).length < 600);
    });

    it("holds no latest secret of a process that has sent thousands, and remembers no more of them than it needs", async () => {
        const sent = new SentSecrets();
        const google = fakeGoogle();
        google.on("https://", { body: "" });
        const http = sent.watch(google.http);
        const token = (n: number): string => `token-${n}-${"abcdefghij".repeat(9)}${n}`;
        for (let n = 0; n < 3000; n++) {
            await http.request({ url: "https://api.example/", headers: { authorization: `Bearer ${token(n)}` } });
        }
        assert.match(sent.quote(`it was ${token(2999)}`), /the answer is not shown/);
        const kept = Reflect.get(sent, "secrets") as Set<string>;
        assert.ok(kept.size <= 100 && kept.has(token(2999)) && !kept.has(token(0)));
    });
});
