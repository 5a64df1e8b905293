import { openApiOperations } from "../../../common";
import type { Json } from "../../cloud";
import { backendOf, documentOf } from "../apigateway";
import { invalidArgument, isObject } from "../framework";

const objectIn = (value: unknown): Json => (isObject(value) ? value : {});

/** The methods that a rule of HTTP has a field for: https://cloud.google.com/endpoints/docs/grpc-service-config/reference/rpc/google.api#httprule */
const FIELDS = ["get", "put", "post", "delete", "patch"];

/**
 * What Service Management makes of a document, as far as it says which tokens are taken and where requests go. No page says how
 * operations are named there [K].
 * https://docs.cloud.google.com/service-infrastructure/docs/service-management/reference/rest/v1/services.configs#Service
 * @param contents a document that was accepted, in base64
 */
export function serviceConfig(host: string, contents: string): Json {
    const document = documentOf(contents, "openapi.yaml");
    const { version = "1" } = objectIn(document["info"]);
    const api = `1.${host.replaceAll(/[.-]/g, "_")}`;
    const basePath = typeof document["basePath"] === "string" ? document["basePath"].replace(/\/$/, "") : "";
    const operations = openApiOperations(document).map((each) => {
        const id = String(each.operation["operationId"]);
        return { ...each, name: id.charAt(0).toUpperCase() + id.slice(1) };
    });
    const rules = (ruleOf: (each: (typeof operations)[number]) => Json): { rules: Json[] } => ({
        rules: operations.map((each) => ({ selector: `${api}.${each.name}`, ...ruleOf(each) })),
    });
    return {
        apis: [{ name: api, methods: operations.map(({ name }) => ({ name })), version: String(version) }],
        http: rules(({ verb, path }) => {
            const full = `${basePath}${path}`;
            return FIELDS.includes(verb) ? { [verb]: full } : { custom: { kind: verb.toUpperCase(), path: full } };
        }),
        authentication: {
            providers: Object.entries(objectIn(document["securityDefinitions"])).map(([id, definition]) => {
                const {
                    "x-google-issuer": issuer,
                    "x-google-jwks_uri": jwksUri,
                    "x-google-audiences": audiences,
                } = objectIn(definition);
                return { id, issuer, jwksUri, ...(audiences !== undefined && { audiences }) };
            }),
            ...rules(({ security }) => {
                const named = security.flat();
                return named.length === 0
                    ? {}
                    : {
                          requirements: named.map((providerId) => ({ providerId })),
                          ...(security.some((names) => names.length === 0) && { allowWithoutCredential: true }),
                      };
            }),
        },
        backend: rules(({ operation }) => {
            const own = operation["x-google-backend"];
            const written = objectIn(own ?? document["x-google-backend"]);
            const { address, audience, appendsPath, seconds } = backendOf(written, own !== undefined, invalidArgument);
            return {
                address,
                pathTranslation: appendsPath ? "APPEND_PATH_TO_ADDRESS" : "CONSTANT_ADDRESS",
                ...(audience === undefined ? { disableAuth: true } : { jwtAudience: audience }),
                deadline: seconds,
            };
        }),
        usage: rules(() => ({ allowUnregisteredCalls: true })),
        endpoints: [{ name: host }],
        control: { environment: "servicecontrol.googleapis.com" },
    };
}
