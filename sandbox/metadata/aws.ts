import type { IncomingMessage, ServerResponse } from "node:http";
import { randomBytes } from "node:crypto";
import type { AwsIdentity, Cloud } from "../cloud";

/** The zone of clients that act as if they ran on AWS. The letter at its end is no part of the region. */
const ZONE = "us-east-1a";
const PATH = "/latest/meta-data";
const ROLES = `${PATH}/iam/security-credentials`;

/** The tokens of the second version of the service, one for each sandbox: it is no secret, but must have been asked for. */
const tokens = new WeakMap<Cloud, string>();

/**
 * Answers one request as the instance metadata service of AWS does on a machine that has a role. Both versions answer.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html
 */
export function answerAwsMetadata(
    { method, url = "/", headers }: IncomingMessage,
    response: ServerResponse,
    cloud: Cloud,
    identity: AwsIdentity,
): void {
    const token = tokens.get(cloud) ?? randomBytes(40).toString("base64");
    tokens.set(cloud, token);
    const [path = ""] = url.split("?");
    const given = headers["x-aws-ec2-metadata-token"];
    const answer = (status: number, body: string): void =>
        void response.writeHead(status, { "content-type": "text/plain", server: "EC2ws" }).end(body);
    if (path === "/latest/api/token") {
        const asked = headers["x-aws-ec2-metadata-token-ttl-seconds"] !== undefined;
        answer(method !== "PUT" ? 405 : asked ? 200 : 400, method === "PUT" && asked ? token : "");
    } else if (method !== "GET") {
        answer(405, "");
    } else if (given !== undefined && given !== token) {
        answer(401, "");
    } else {
        const found = valueAt(path.replace(/\/$/, ""), cloud, identity);
        answer(found === undefined ? 404 : 200, found ?? "");
    }
}

function valueAt(path: string, cloud: Cloud, identity: AwsIdentity): string | undefined {
    const { role = "" } = identity;
    if (path === `${PATH}/placement/availability-zone`) {
        return ZONE;
    }
    if (path === `${PATH}/placement/region`) {
        return ZONE.slice(0, -1);
    }
    if (path === ROLES) {
        return role;
    }
    if (path !== `${ROLES}/${role}`) {
        return undefined;
    }
    const { accessKeyId, secretAccessKey, sessionToken, expiresAt = 0 } = cloud.tokens.aws.issue(identity);
    return JSON.stringify({
        Code: "Success",
        LastUpdated: new Date(cloud.clock.now()).toISOString(),
        Type: "AWS-HMAC",
        AccessKeyId: accessKeyId,
        SecretAccessKey: secretAccessKey,
        Token: sessionToken,
        Expiration: new Date(expiresAt).toISOString(),
    });
}

/** The variables that code finds on AWS, where no machine has a role but a function or a container has. */
export function awsVariables(cloud: Cloud, identity: AwsIdentity): Record<string, string | undefined> {
    const { accessKeyId, secretAccessKey, sessionToken } = cloud.tokens.aws.issue(identity);
    return {
        AWS_REGION: ZONE.slice(0, -1),
        AWS_ACCESS_KEY_ID: accessKeyId,
        AWS_SECRET_ACCESS_KEY: secretAccessKey,
        AWS_SESSION_TOKEN: sessionToken,
    };
}
