import { createHmac, hash, timingSafeEqual } from "node:crypto";
import type { AwsCredentials, Cloud } from "../../../cloud";
import type { Json } from "../../framework";
import { Refused } from "./refused";
import type { Target } from "./target";

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html */
const AUTHORIZATION =
    /^AWS4-HMAC-SHA256 Credential=(\w+)\/(\d{8})\/([a-z\d-]+)\/sts\/aws4_request, ?SignedHeaders=([a-z\d;-]+), ?Signature=([\da-f]{64})$/;
const DATE = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/;
/** https://docs.aws.amazon.com/general/latest/gr/sts.html */
const HOST = /^sts(?:\.([a-z]{2}(?:-[a-z]+)+-\d))?\.amazonaws\.com(?:\.cn)?$/;
const QUERY = "Action=GetCallerIdentity&Version=2011-06-15";
const MOST_SKEW = 15 * 60_000;
/** What a client has to send: https://cloud.google.com/iam/docs/reference/sts/rest/v1/TopLevel/token */
const REQUIRED = ["authorization", "host", "x-amz-date", "x-goog-cloud-target-resource"];

interface Signed {
    region: string;
    headers: Map<string, string>;
}

/**
 * Who signed a request for `GetCallerIdentity`. Google sends it to AWS, and AWS checks the signature. Nothing leaves the sandbox,
 * so it checks the signature itself, by the secret that it has given out.
 * https://cloud.google.com/iam/docs/workload-identity-federation-with-other-clouds
 * @throws Refused if the request is none, is for another provider, or AWS would not answer it
 */
export function awsAssertion(token: string, { provider, name }: Target, cloud: Cloud): Json {
    const { region, headers } = signedRequest(token);
    const resource = headers.get("x-goog-cloud-target-resource") ?? "";
    if (resource !== name && resource !== `https:${name}`) {
        throw new Refused(
            "invalid_grant",
            `The header x-goog-cloud-target-resource of the AWS credentials is "${resource}", not ${name}.`,
        );
    }
    const { arn, account, userid } = signer(region, headers, cloud);
    const expected = provider.aws?.accountId ?? "";
    if (account !== expected) {
        throw new Refused(
            "unauthorized_client",
            `The AWS account ${account} of the credentials is not the account ${expected} of the provider.`,
        );
    }
    return { arn, account, userid };
}

function malformed(why: string): Refused {
    return new Refused("invalid_grant", `Invalid format of AWS credentials: ${why}.`);
}

/** @throws Refused if the text is no request, or would go anywhere but to AWS's own Security Token Service */
function signedRequest(token: string): Signed {
    const { url, method, headers } = parsed(token);
    const target = typeof url === "string" && URL.canParse(url) ? new URL(url) : undefined;
    const [known, region = "us-east-1"] = HOST.exec(target?.host ?? "") ?? [];
    // What follows the host is compared as it is written, because it was signed so.
    if (known === undefined || !new RegExp(`^https://${known}/?\\?${QUERY}$`).test(String(url))) {
        throw malformed(`its url is not https://sts.REGION.amazonaws.com?${QUERY}`);
    }
    if (method !== "POST") {
        throw malformed("its method is not POST");
    }
    const pairs = Array.isArray(headers) ? (headers as ({ key?: unknown; value?: unknown } | null)[]) : [];
    const values = new Map(pairs.map((pair) => [String(pair?.key).toLowerCase(), String(pair?.value)]));
    const missing = REQUIRED.find((key) => !values.has(key));
    if (missing !== undefined) {
        throw malformed(`its header ${missing} is missing`);
    }
    if (values.size !== pairs.length) {
        throw malformed("it has a header twice");
    }
    if (values.get("host") !== known) {
        throw malformed("its header host is not the host of its url");
    }
    return { region, headers: values };
}

function parsed(token: string): Json {
    try {
        const value: unknown = JSON.parse(decodeURIComponent(token));
        if (typeof value === "object" && value !== null) {
            return value as Json;
        }
    } catch {
        // The text may be a credential, so the message does not quote it.
    }
    throw malformed("it is not the URL-encoded JSON of a request");
}

/** An answer of AWS, as Google passes it on [K]. The types and texts are those of AWS. */
function refusedByAws(type: string, message: string): Refused {
    return new Refused("invalid_grant", `Received invalid AWS response of type ${type} with error message: ${message}`);
}

/** https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html */
function signer(region: string, headers: Map<string, string>, cloud: Cloud) {
    const header = (name: string): string => headers.get(name) ?? "";
    const [, id = "", day = "", scope, listed = "", signature = ""] = AUTHORIZATION.exec(header("authorization")) ?? [];
    if (id === "") {
        throw refusedByAws("IncompleteSignature", "The request signature does not conform to AWS standards.");
    }
    const credentials = cloud.tokens.aws.find(id);
    const { sessionToken } = credentials ?? {};
    if (!credentials || headers.get("x-amz-security-token") !== sessionToken) {
        throw refusedByAws("InvalidClientTokenId", "The security token included in the request is invalid.");
    }
    const now = cloud.clock.now();
    if ((credentials.expiresAt ?? Infinity) <= now) {
        throw refusedByAws("ExpiredToken", "The security token included in the request is expired");
    }
    const date = header("x-amz-date");
    const signedAt = Date.parse(date.replace(DATE, "$1-$2-$3T$4:$5:$6Z"));
    if (!DATE.test(date) || !(Math.abs(now - signedAt) <= MOST_SKEW)) {
        throw refusedByAws(
            "SignatureDoesNotMatch",
            `Signature expired: ${date} is not within 15 minutes of ${new Date(now).toISOString()}`,
        );
    }
    const signed = listed.split(";");
    const unsigned = ["host", ...[...headers.keys()].filter((key) => key.startsWith("x-amz-"))].find(
        (key) => !signed.includes(key),
    );
    if (
        unsigned !== undefined ||
        scope !== region ||
        !date.startsWith(day) ||
        signed.some((key) => !headers.has(key))
    ) {
        throw refusedByAws(
            "SignatureDoesNotMatch",
            "Credential should be scoped to a valid region, and sign its headers.",
        );
    }
    const lines = signed.map((key) => `${key}:${header(key).trim().replace(/ +/g, " ")}\n`).join("");
    const request = ["POST", "/", QUERY, lines, listed, hash("sha256", "")].join("\n");
    const expected = signatureOf(request, date, region, credentials);
    if (!timingSafeEqual(Buffer.from(expected), Buffer.from(signature))) {
        throw refusedByAws(
            "SignatureDoesNotMatch",
            "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method.",
        );
    }
    return credentials.identity;
}

function signatureOf(request: string, date: string, region: string, { secretAccessKey }: AwsCredentials): string {
    const day = date.slice(0, 8);
    const scope = [day, region, "sts", "aws4_request"];
    const key = scope.reduce<string | Buffer>(
        (secret, part) => createHmac("sha256", secret).update(part).digest(),
        `AWS4${secretAccessKey}`,
    );
    const text = ["AWS4-HMAC-SHA256", date, scope.join("/"), hash("sha256", request)].join("\n");
    return createHmac("sha256", key).update(text).digest("hex");
}
