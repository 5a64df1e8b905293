import { strict as assert } from "node:assert";
import fc from "fast-check";
import { AwsClient } from "google-auth-library";
import { awsCredentials } from "../../../../sandbox";
import { owner, testCloud, type TestCloud } from "../../support/cloud";

const api = "https://iam.googleapis.com/v1/projects/demo/locations/global/workloadIdentityPools";
const pool = "//iam.googleapis.com/projects/100000000001/locations/global/workloadIdentityPools/aws-pool";
const audience = `${pool}/providers/aws-provider`;
const account = "123456789012";
const arn = `arn:aws:sts::${account}:assumed-role/shop/i-0abc`;

interface SignedRequest {
    url: string;
    method: string;
    headers: { key: string; value: string }[];
}

describe("exchanging requests that a role of AWS signed", () => {
    let cloud: TestCloud;
    before(async () => {
        cloud = testCloud();
        await cloud.call(owner, "POST", `${api}?workloadIdentityPoolId=aws-pool`, {});
        for (const id of ["aws-provider", "aws-other"]) {
            await cloud.call(owner, "POST", `${api}/aws-pool/providers?workloadIdentityPoolProviderId=${id}`, {
                aws: { accountId: account },
                ...(id === "aws-other" && {
                    attributeMapping: {
                        "google.subject": "assertion.userid",
                        "attribute.account": "assertion.account",
                    },
                    attributeCondition: "assertion.arn.extract('assumed-role/{role}/') == 'shop'",
                }),
            });
        }
    });
    after(() => cloud.close());

    /** The request as Google's library signs it. */
    async function signed(as = arn, region = "eu-west-1", to = audience): Promise<SignedRequest> {
        const { accessKeyId, secretAccessKey, sessionToken: token } = awsCredentials({ cloud }, as);
        const client = new AwsClient({
            ...{ type: "external_account", audience: to, token_url: "https://sts.googleapis.com/v1/token" },
            subject_token_type: "urn:ietf:params:aws:token-type:aws4_request",
            aws_security_credentials_supplier: {
                getAwsRegion: () => Promise.resolve(region),
                getAwsSecurityCredentials: () =>
                    Promise.resolve({ accessKeyId, secretAccessKey, ...(token !== undefined && { token }) }),
            },
        });
        return JSON.parse(decodeURIComponent(await client.retrieveSubjectToken())) as SignedRequest;
    }
    async function exchange(subjectToken: SignedRequest | string, to = audience) {
        const text = typeof subjectToken === "string" ? subjectToken : encodeURIComponent(JSON.stringify(subjectToken));
        const answer = await cloud.apis.request("POST", "https://sts.googleapis.com/v1/token", {
            principal: { kind: "anonymous" },
            headers: { "content-type": "application/x-www-form-urlencoded" },
            body: new URLSearchParams({
                grant_type: "urn:ietf:params:oauth:grant-type:token-exchange",
                requested_token_type: "urn:ietf:params:oauth:token-type:access_token",
                subject_token_type: "urn:ietf:params:aws:token-type:aws4_request",
                ...{ audience: to, subject_token: text },
            }).toString(),
        });
        return answer as { status: number; body: Record<string, string> };
    }
    const header = (request: SignedRequest, name: string, value?: string): SignedRequest => ({
        ...request,
        headers: request.headers.flatMap((each) =>
            each.key !== name ? [each] : value === undefined ? [] : [{ key: name, value }],
        ),
    });
    const principal = (token = "") => {
        const verified = cloud.tokens.verifyAccessToken(token);
        assert.ok(verified.ok);
        return verified.value.principal;
    };

    it("gives an access token of the role, by Google's own mapping where the provider has none", async () => {
        for (const region of ["eu-west-1", "us-east-1", "ap-southeast-2"]) {
            const { status, body } = await exchange(await signed(arn, region));
            assert.equal(status, 200, JSON.stringify(body));
            assert.deepEqual(principal(body.access_token), {
                kind: "federated",
                subject: `principal:${pool}/subject/${arn}`,
                sets: [
                    `principalSet:${pool}/*`,
                    `principalSet:${pool}/attribute.aws_role/arn:aws:sts::${account}:assumed-role/shop`,
                ],
            });
        }
    });

    it("maps the account and the identifier of the user, and knows Google's function in a condition", async () => {
        const other = audience.replace("aws-provider", "aws-other");
        const { body } = await exchange(await signed(arn, "eu-west-1", other), other);
        const who = principal(body.access_token);
        assert.ok(who.kind === "federated");
        assert.match(who.subject, /\/subject\/AROA[A-Z2-7]{16}:i-0abc$/);
        assert.deepEqual(who.sets?.slice(1), [`principalSet:${pool}/attribute.account/${account}`]);
        const denied = await exchange(await signed(arn.replace("/shop/", "/eve/"), "eu-west-1", other), other);
        assert.equal(denied.body.error, "unauthorized_client");
    });

    it("takes a user for no role, even one whose path is written like a role", async () => {
        for (const user of ["user/eve", "user/assumed-role/shop/eve"]) {
            const as = `arn:aws:iam::${account}:${user}`;
            const { status, body } = await exchange(await signed(as));
            assert.equal(status, 200, JSON.stringify(body));
            const who = principal(body.access_token);
            assert.ok(who.kind === "federated" && who.subject.endsWith(`/subject/${as}`));
            assert.ok(who.sets?.every((set) => !set.includes(`sts::${account}:assumed-role/shop`)));
        }
    });

    it("takes the target with https: before it, as the documents allow", async () => {
        const request = await signed();
        const { status } = await exchange(header(request, "x-goog-cloud-target-resource", `https:${audience}`));
        assert.equal(status, 200);
    });

    it("refuses a request that is altered, for somebody else, or not for AWS", async () => {
        const good = await signed();
        const auth = good.headers.find(({ key }) => key === "authorization")?.value ?? "";
        const others = await signed(arn.replace(account, "999999999999"));
        const wrong: [what: string, request: SignedRequest | string, error: string, text: RegExp][] = [
            ["a signature", header(good, "authorization", flipped(auth)), "invalid_grant", /SignatureDoesNotMatch/],
            [
                "a key",
                header(good, "authorization", auth.replace(/ASIA\w+/, "ASIAX")),
                "invalid_grant",
                /ClientTokenId/,
            ],
            ["a session", header(good, "x-amz-security-token", "x"), "invalid_grant", /InvalidClientTokenId/],
            ["no session", header(good, "x-amz-security-token"), "invalid_grant", /InvalidClientTokenId/],
            ["a date", header(good, "x-amz-date", "20200101T000000Z"), "invalid_grant", /Signature expired/],
            ["no date", header(good, "x-amz-date"), "invalid_grant", /x-amz-date is missing/],
            ["no date at all", header(good, "x-amz-date", "soon"), "invalid_grant", /Signature expired/],
            [
                ...["a target", header(good, "x-goog-cloud-target-resource", `${audience}2`)],
                ...["invalid_grant", /x-goog-cloud-target-resource/],
            ] as [string, SignedRequest, string, RegExp],
            ["no target", header(good, "x-goog-cloud-target-resource"), "invalid_grant", /target-resource is missing/],
            ["an account", others, "unauthorized_client", /account 999999999999/],
            ["a host", { ...good, url: good.url.replace("amazonaws.com", "evil.example") }, "invalid_grant", /url/],
            ["a user in the url", { ...good, url: good.url.replace("//", "//sts@") }, "invalid_grant", /url/],
            ["a port", { ...good, url: good.url.replace(".com", ".com:8443") }, "invalid_grant", /url/],
            ["http", { ...good, url: good.url.replace("https", "http") }, "invalid_grant", /url/],
            [
                "an action",
                { ...good, url: good.url.replace("GetCallerIdentity", "GetSessionToken") },
                "invalid_grant",
                /url/,
            ],
            ["another region", { ...good, url: good.url.replace("eu-west-1", "eu-west-2") }, "invalid_grant", /host/],
            ["GET", { ...good, method: "GET" }, "invalid_grant", /method/],
            ["a host twice", { ...good, headers: [...good.headers, good.headers[0]!] }, "invalid_grant", /twice/],
            [
                "a new header",
                { ...good, headers: [...good.headers, { key: "x-amz-a", value: "b" }] },
                "invalid_grant",
                /sign/,
            ],
            ["no JSON", "eyJ", "invalid_grant", /Invalid format of AWS credentials/],
            ["bad escapes", "%", "invalid_grant", /Invalid format/],
            ["null", "null", "invalid_grant", /Invalid format/],
            [
                "no headers",
                encodeURIComponent(JSON.stringify({ ...good, headers: [null] })),
                "invalid_grant",
                /missing/,
            ],
        ];
        for (const [what, request, error, text] of wrong) {
            const { status, body } = await exchange(request);
            assert.deepEqual([what, status, body.error], [what, 400, error]);
            assert.match(body.error_description ?? "", text, what);
            const secret = good.headers.find(({ key }) => key === "x-amz-security-token")?.value ?? "";
            assert.ok(!JSON.stringify(body).includes(secret));
        }
        assert.equal((await exchange(good)).status, 200);
    });

    it("refuses every change of a character that is signed", async () => {
        const good = await signed();
        const signedHeaders = good.headers.filter(({ key }) => key !== "x-goog-cloud-target-resource");
        await fc.assert(
            fc.asyncProperty(fc.constantFrom(...signedHeaders), fc.nat(), async ({ key, value }, place) => {
                const at = place % value.length;
                const changed = value.slice(0, at) + (value[at] === "a" ? "b" : "a") + value.slice(at + 1);
                const { status } = await exchange(header(good, key, changed));
                assert.equal(status, 400, `${key} at ${at}`);
            }),
            { numRuns: 60 },
        );
    });

    it("refuses a session that has ended, and a request of the day before", async () => {
        const { accessKeyId } = awsCredentials({ cloud }, arn);
        assert.equal(cloud.tokens.aws.find(accessKeyId)?.identity.arn, arn);
        const good = await signed();
        assert.equal((await exchange(good)).status, 200);
        cloud.clock.advance(16 * 60_000);
        assert.match((await exchange(good)).body.error_description ?? "", /Signature expired/);
        cloud.clock.advance(12 * 3_600_000);
        assert.match((await exchange(good)).body.error_description ?? "", /ExpiredToken/);
    });

    it("refuses tokens of another kind, and providers without an account", async () => {
        const { body } = await exchange(cloud.tokens.sign({ sub: "x" }));
        assert.equal(body.error, "invalid_grant");
        const wrong = `${api}/aws-pool/providers?workloadIdentityPoolProviderId=aws-wrong`;
        assert.equal(await cloud.status(owner, "POST", wrong, { aws: { accountId: "1" } }), 400);
        assert.throws(
            () => awsCredentials({ cloud }, `arn:aws:iam::${account}:role/shop`),
            /no ARN of a role's session/,
        );
    });
});

/** A signature with another last digit. */
const flipped = (text: string): string => text.slice(0, -1) + (text.endsWith("0") ? "1" : "0");
