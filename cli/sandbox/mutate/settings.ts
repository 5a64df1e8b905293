import { parse } from "yaml";
import { isObject } from "../../../common";

type Json = Record<string, unknown>;

/** A change of the settings by which something lets in its callers, or reaches what it calls. */
export interface Change {
    kind: "token check changed" | "backend changed" | "issuer changed";
    /** What is changed, such as `issuer`. */
    what: string;
    value: Json;
}

const ELSEWHERE = "https://elsewhere.invalid";
const ACCOUNT = "elsewhere@elsewhere.iam.gserviceaccount.com";
const GOOGLE = "https://accounts.google.com";
const KEYS = "https://www.googleapis.com/robot/v1/metadata/x509";
const BACKEND = "x-google-backend";

const objectIn = (value: unknown): Json => (isObject(value) ? value : {});

/**
 * The changes of an OpenAPI document in base64: other tokens or no tokens are asked for, or requests and the proxy's own tokens go
 * elsewhere.
 */
export function documentChanges(contents: string): { kind: Change["kind"]; what: string; contents: string }[] {
    const document: unknown = parse(Buffer.from(contents, "base64").toString("utf8"));
    if (!isObject(document)) {
        return [];
    }
    const asked: [what: string, change: Json][] = [
        ["issuer", { "x-google-issuer": ACCOUNT, "x-google-jwks_uri": `${KEYS}/${ACCOUNT}` }],
        ["keys", { "x-google-jwks_uri": `${KEYS}/${ACCOUNT}` }],
        [
            "issuer of everybody",
            { "x-google-issuer": GOOGLE, "x-google-jwks_uri": `https://www.googleapis.com/oauth2/v3/certs` },
        ],
        ["audience", { "x-google-audiences": ELSEWHERE }],
    ];
    const definitions = Object.entries(objectIn(document["securityDefinitions"]));
    const called: [what: string, change: Json][] = [
        ["address", { address: ELSEWHERE }],
        ["audience of the backend", { jwt_audience: ELSEWHERE }],
    ];
    const changes: Change[] = [
        ...asked.flatMap(([what, change]) =>
            definitions.map(([name, definition]): Change => {
                const changed = { ...objectIn(definition), ...change };
                const all = { ...Object.fromEntries(definitions), [name]: changed };
                return {
                    kind: "token check changed",
                    what: `${what} of ${name}`,
                    value: { ...document, securityDefinitions: all },
                };
            }),
        ),
        { kind: "token check changed", what: "no token", value: withoutSecurity(document) },
        ...called.map(([what, change]): Change => ({
            kind: "backend changed",
            what,
            value: withBackends(document, change),
        })),
    ];
    const text = JSON.stringify(document);
    return changes
        .filter(({ value }) => JSON.stringify(value) !== text)
        .map(({ kind, what, value }) => ({
            kind,
            what,
            contents: Buffer.from(JSON.stringify(value)).toString("base64"),
        }));
}

/** A document with another value for each operation, and for the whole. */
function mapped(document: Json, change: (holder: Json) => Json): Json {
    const paths = Object.entries(objectIn(document["paths"])).map(([path, item]) => [
        path,
        isObject(item)
            ? Object.fromEntries(
                  Object.entries(item).map(([verb, each]) => [verb, isObject(each) ? change(each) : each]),
              )
            : item,
    ]);
    return { ...change(document), paths: Object.fromEntries(paths) };
}

const withoutSecurity = (document: Json): Json => mapped(document, ({ security: _, ...rest }) => rest);

const withBackends = (document: Json, change: Json): Json =>
    mapped(document, (holder) =>
        isObject(holder[BACKEND]) ? { ...holder, [BACKEND]: { ...holder[BACKEND], ...change } } : holder,
    );

/** The changes by which a provider of Workload Identity Federation takes the credentials of others. */
export function providerChanges(provider: Json): Change[] {
    const { attributeCondition, attributeMapping, ...rest } = provider;
    const change = (what: string, kind: string, fields: Json): Change[] =>
        isObject(provider[kind])
            ? [{ kind: "issuer changed", what, value: { ...provider, [kind]: { ...provider[kind], ...fields } } }]
            : [];
    const others = { ...objectIn(attributeMapping), "google.subject": "'anybody'" };
    return [
        ...change("issuer", "oidc", { issuerUri: ELSEWHERE }),
        ...change("audiences", "oidc", { allowedAudiences: [ELSEWHERE] }),
        ...change("keys", "oidc", { jwksJson: '{"keys":[]}' }),
        ...change("account", "aws", { accountId: "999999999999" }),
        ...change("metadata", "saml", { idpMetadataXml: '<EntityDescriptor entityID="https://elsewhere.invalid"/>' }),
        ...change("trust store", "x509", { trustStore: { trustAnchors: [] } }),
        { kind: "issuer changed", what: "mapping", value: { ...rest, attributeCondition, attributeMapping: others } },
    ];
}
