import { parse } from "yaml";
import type { Credentials } from "../../credentials";
import { hasOwnKeys, isObject, openApiOperations, passesPreflights } from "../../common";
import type { Context } from "../attempt";
import { callGoogle, parseAnswer } from "./policies";

/** What an API gateway does, by the document that is deployed. */
export interface DeployedGateway {
    host: string;
    /** What tokens can be for. */
    audiences: string[];
    /** The issuers whose tokens it takes. */
    issuers: string[];
    /** Where it asks for no token: operations, such as `GET /health`. */
    open: string[];
    /** The addresses of keys that are not those of their issuers. */
    strangeKeys: string[];
    /** The origins that it sends requests to. */
    backends: string[];
    /** What its own tokens are for. */
    backendAudiences: string[];
}

/** Why a document is not known. */
export type Unread =
    | {
          /** The status by which Google refused to tell; 0 if nobody can. */
          status: number;
          /** What could not be read, in words; if nobody can tell, the whole reason. */
          what: string;
          /** The permission or role that the reader needs. */
          needs: string;
      }
    /** What keeps anything from being served by a document. */
    | { problem: string };

/** The beginning of the REST URLs of gateways and of their configurations. */
export const GATEWAYS = "https://apigateway.googleapis.com/v1/";

const VIEWER = "roles/apigateway.viewer";

type Json = Record<string, unknown>;
const objectIn = (value: unknown): Json => (isObject(value) ? value : {});
const textIn = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);

/**
 * Reads an API gateway, its configuration and its API with the check's own credential.
 * @returns the status, if one of them could not be read
 */
export async function readGateway(
    context: Context,
    credentials: Credentials,
    gateway: string,
): Promise<DeployedGateway | Unread> {
    const read = async (url: string): Promise<Json | number> => {
        const answer = await callGoogle(context.http, credentials, "GET", url, undefined, context.signal);
        return answer.status === 200 ? parseAnswer<Json>(answer, url) : answer.status;
    };
    const found = await read(gateway);
    if (typeof found === "number") {
        return { status: found, what: "the gateway", needs: VIEWER };
    }
    const name = String(found["apiConfig"]);
    const [config, api] = await Promise.all([
        read(`${GATEWAYS}${name}?view=FULL`),
        read(`${GATEWAYS}${name.replace(/\/configs\/[^/]*$/, "")}`),
    ]);
    if (typeof config === "number" || typeof api === "number") {
        const [status, what] = typeof config === "number" ? [config, "its configuration"] : [Number(api), "its API"];
        return { status, what, needs: VIEWER };
    }
    const documents = Array.isArray(config["openapiDocuments"]) ? (config["openapiDocuments"] as unknown[]) : [];
    const { contents } = objectIn(objectIn(documents[0])["document"]);
    const document: unknown = parse(Buffer.from(typeof contents === "string" ? contents : "", "base64").toString());
    const own = `https://${String(api["managedService"])}`;
    return { host: String(found["defaultHostname"]), ...whoGetsIn(objectIn(document), own) };
}

/** @param own what tokens can always be for: the name of the API */
function whoGetsIn(document: Json, own: string): Omit<DeployedGateway, "host"> {
    const definitions = objectIn(document["securityDefinitions"]);
    const operations = openApiOperations(document);
    const used = [...new Set(operations.flatMap(({ security }) => security.flat()))];
    const rules = used.map((name) => objectIn(definitions[name]));
    const open = operations.filter(({ security }) => security.some((names) => names.length === 0));
    const holders = [document, ...operations.map(({ operation }) => operation)];
    const backends = holders.map((holder) => objectIn(holder["x-google-backend"]));
    const addresses = backends.flatMap(({ address }) => textIn(address) ?? []);
    return {
        issuers: rules.map((rule) => String(rule["x-google-issuer"])),
        audiences: [...new Set([own, ...rules.flatMap((rule) => audiencesIn(rule["x-google-audiences"]))])],
        open: [
            ...open.map(({ verb, path }) => `${verb.toUpperCase()} ${path}`),
            ...(document["x-google-allow"] === "all" ? ["every other path, by x-google-allow: all"] : []),
            ...(passesPreflights(document) ? ["OPTIONS of every path, by allowCors"] : []),
        ],
        strangeKeys: rules
            .map((rule) => [String(rule["x-google-issuer"]), textIn(rule["x-google-jwks_uri"]) ?? ""] as const)
            .flatMap(([issuer, keys]) => (hasOwnKeys(issuer, keys) ? [] : [keys])),
        backends: addresses.map((each) => (URL.canParse(each) ? new URL(each).origin : each)),
        backendAudiences: backends.flatMap(({ jwt_audience: audience }) => textIn(audience) ?? []),
    };
}

/** https://cloud.google.com/endpoints/docs/openapi/openapi-extensions#x-google-audiences */
export const audiencesIn = (audiences: unknown): string[] =>
    (textIn(audiences) ?? "")
        .split(",")
        .map((each) => each.trim())
        .filter(Boolean);
