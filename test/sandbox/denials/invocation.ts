import { createHmac } from "node:crypto";
import { createCloud } from "../../../sandbox/create";
import { decodeJwt, encodeJwt, generateKey } from "../../../sandbox/tokens";
import { type Account, type World } from "./world";

/** A request that is denied, and its neighbour that is not. */
export interface Row {
    what: string;
    status: number;
    deny: (world: World) => Promise<number>;
    /** The status that it shall have is 200. */
    allow: (world: World) => Promise<number>;
}

interface Scene {
    world: World;
    account: Account;
    url: string;
    resource: string;
    token: string;
}

/** A service, an account that may invoke it unless it is told not to, and a good token. */
async function scene(world: World, { granted = true, more = {} } = {}): Promise<Scene> {
    const account = await world.account();
    const { url, resource } = await world.service(more);
    if (granted) {
        world.grant(resource, "roles/run.invoker", account);
    }
    return { world, account, url, resource, token: world.cloud.tokens.mintIdToken(account, url) };
}

const good = async (world: World): Promise<number> => {
    const { url, token } = await scene(world);
    return world.knock(url, `Bearer ${token}`);
};

const b64 = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");

/** Tokens that are not what they should be; the right one of the same account is let in. */
function badToken(what: string, make: (given: Scene) => string | string[]): Row {
    const knock = async (world: World, bad: boolean): Promise<number> => {
        const given = await scene(world);
        return world.knock(given.url, bad ? make(given) : `Bearer ${given.token}`);
    };
    return { what, status: 401, deny: (world) => knock(world, true), allow: (world) => knock(world, false) };
}

const withClaims = (what: string, change: (claims: Record<string, unknown>, now: number) => object): Row =>
    badToken(what, ({ world, token }) => {
        const claims = decodeJwt(token)?.claims ?? {};
        const now = Math.floor(world.cloud.clock.now() / 1000);
        return `Bearer ${world.cloud.tokens.sign({ ...claims, ...change(claims, now) })}`;
    });

const rebuilt = (what: string, build: (parts: string[], given: Scene) => string): Row =>
    badToken(what, (given) => `Bearer ${build(given.token.split("."), given)}`);

const tokens: Row[] = [
    {
        what: "no token",
        status: 403,
        async deny(world) {
            return world.knock((await scene(world)).url);
        },
        allow: good,
    },
    badToken("an access token", ({ world, account }) => {
        const scope = "https://www.googleapis.com/auth/cloud-platform";
        return `Bearer ${world.cloud.tokens.mintAccessToken(account, [scope])}`;
    }),
    withClaims("an expired token", (_, now) => ({ iat: now - 3700, exp: now - 100 })),
    withClaims("a token that is not valid yet", (_, now) => ({ iat: now + 600, exp: now + 4200 })),
    withClaims("a token with a later nbf", (_, now) => ({ nbf: now + 600 })),
    withClaims("a token without exp", () => ({ exp: undefined })),
    withClaims("an exp that is a text", ({ exp }) => ({ exp: String(exp) })),
    withClaims("an exp before all time", () => ({ exp: -1e300 })),
    withClaims("an iat after all time", () => ({ iat: 1e300, exp: 1e301 })),
    withClaims("another audience", () => ({ aud: "https://elsewhere-abc-ew.a.run.app" })),
    withClaims("the audience with a query", ({ aud }) => ({ aud: `${String(aud)}/path?mode=full` })),
    withClaims("audiences in a list", ({ aud }) => ({ aud: [aud] })),
    withClaims("another issuer", () => ({ iss: "https://accounts.example.com" })),
    badToken("an unknown key", ({ token }) => {
        const key = generateKey();
        return `Bearer ${encodeJwt(decodeJwt(token)?.claims ?? {}, key.id, key.privateKey)}`;
    }),
    rebuilt("a key ID that is a path", ([, body = "", signature = ""]) => {
        return `${b64({ alg: "RS256", typ: "JWT", kid: "../../etc/passwd" })}.${body}.${signature}`;
    }),
    rebuilt("alg: none", ([head = "", body = ""]) => {
        const { kid } = JSON.parse(Buffer.from(head, "base64url").toString()) as { kid: string };
        return `${b64({ alg: "none", typ: "JWT", kid })}.${body}.`;
    }),
    rebuilt("HS256 signed with the public key", ([, body = ""], { world }) => {
        const [jwk] = world.cloud.tokens.jwks().keys;
        const signed = `${b64({ alg: "HS256", typ: "JWT", kid: jwk?.kid })}.${body}`;
        return `${signed}.${createHmac("sha256", JSON.stringify(jwk)).update(signed).digest("base64url")}`;
    }),
    rebuilt("an altered payload", ([head = "", , signature = ""], { token }) => {
        return `${head}.${b64({ ...decodeJwt(token)?.claims, email: "owner@example.com" })}.${signature}`;
    }),
    rebuilt("a truncated token", (parts) => parts.join(".").slice(0, -20)),
    rebuilt("a token without its signature", ([head = "", body = ""]) => `${head}.${body}`),
    badToken("two Authorization headers", ({ token }) => [`Bearer ${token}`, `Bearer ${token}`]),
    badToken("another scheme", ({ token }) => `Basic ${token}`),
    badToken("a token after a tab", ({ token }) => `Bearer\t${token}`),
    badToken("two tokens in one header", ({ token }) => `Bearer ${token} ${token}`),
];

/** A right token whose account may not; `open` makes that it may. */
function forbidden(what: string, setUp: (given: Scene) => unknown, granted = true): Row {
    return {
        what,
        status: 403,
        async deny(world) {
            const given = await scene(world, { granted });
            await setUp(given);
            return world.knock(given.url, `Bearer ${given.token}`);
        },
        allow: good,
    };
}

const accounts = "https://iam.googleapis.com/v1/projects/demo/serviceAccounts";
const denyPolicies =
    "https://iam.googleapis.com/v2/policies/cloudresourcemanager.googleapis.com%2Fprojects%2Fdemo/denypolicies";

const grants: Row[] = [
    forbidden("no role", () => undefined, false),
    forbidden(
        "the role on another service",
        async ({ world, account }) => {
            world.grant((await world.service()).resource, "roles/run.invoker", account);
        },
        false,
    ),
    forbidden("a role that was taken away", ({ world, resource }) => world.cloud.iam.setPolicy(resource, {})),
    forbidden("a disabled account", ({ world, account }) => world.call("POST", `${accounts}/${account.email}:disable`)),
    forbidden("an account that was deleted and made again", async ({ world, account, resource }) => {
        await world.call("DELETE", `${accounts}/${account.email}`);
        const again = await world.account(account.email.split("@")[0]);
        world.grant(resource, "roles/run.invoker", again);
    }),
    forbidden("a token whose subject is another than its email", async (given) => {
        const { world, account, url } = given;
        const other = await world.account();
        given.token = world.cloud.tokens.mintIdToken({ email: account.email, uniqueId: other.uniqueId }, url);
    }),
    forbidden("an email that nobody verified", async (given) => {
        const claims = { ...decodeJwt(given.token)?.claims, email_verified: false, sub: "1" };
        given.token = given.world.cloud.tokens.sign(claims);
        return Promise.resolve();
    }),
    ...[
        ["a condition that is not met", 'request.time < timestamp("2020-01-01T00:00:00Z")'],
        ["a condition that cannot be evaluated", 'request.nothing == "x"'],
    ].map(([what = "", expression = ""]) =>
        forbidden(
            what,
            ({ world, account, resource }) =>
                world.grant(resource, "roles/run.invoker", account, { title: "never", expression }),
            false,
        ),
    ),
    forbidden("a deny policy", ({ world, account }) =>
        world.call("POST", `${denyPolicies}?policyId=${world.fresh("deny")}`, {
            rules: [
                {
                    denyRule: {
                        deniedPrincipals: [
                            `principal://iam.googleapis.com/projects/-/serviceAccounts/${account.email}`,
                        ],
                        deniedPermissions: ["run.googleapis.com/routes.invoke"],
                    },
                },
            ],
        }),
    ),
    {
        what: "a token of another sandbox",
        status: 401,
        async deny(world) {
            const { url, account } = await scene(world);
            const other = createCloud({ project: "demo" });
            try {
                return await world.knock(url, `Bearer ${other.tokens.mintIdToken(account, url)}`);
            } finally {
                other.close();
            }
        },
        allow: good,
    },
];

const internal = { ingress: "INGRESS_TRAFFIC_INTERNAL_ONLY" };
const ingress: Row[] = [
    {
        what: "internal ingress from outside",
        status: 404,
        async deny(world) {
            const { url, token } = await scene(world, { more: internal });
            return world.knock(url, `Bearer ${token}`);
        },
        async allow(world) {
            const { url, token } = await scene(world, { more: internal });
            return world.knock(url, `Bearer ${token}`, { kind: "google", service: "workflows", project: "demo" });
        },
    },
    {
        what: "a disabled default URI",
        status: 404,
        async deny(world) {
            const { url, token, resource } = await scene(world);
            const service = `https://run.googleapis.com/v2/${resource.slice("//run.googleapis.com/".length)}`;
            await world.call("PATCH", `${service}?updateMask=defaultUriDisabled`, { defaultUriDisabled: true });
            return world.knock(url, `Bearer ${token}`);
        },
        allow: good,
    },
];

export const invocationRows: Row[] = [...tokens, ...grants, ...ingress];
