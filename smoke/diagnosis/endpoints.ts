import { hasOwnKeys, isObject } from "../../common";
import type { Credentials } from "../../credentials";
import type { Context } from "../attempt";
import { audiencesIn, type DeployedGateway, type Unread } from "./gateway";
import { type Read, type Served, servedBy } from "./espv2";
import { callGoogle, parseAnswer } from "./policies";

type Json = Record<string, unknown>;

const SERVICES = "https://servicemanagement.googleapis.com/v1/services/";

/**
 * Reads, for a Cloud Run service that is ESPv2, which tokens the configuration takes that it serves, and where it sends requests.
 * Of a rollout to several configurations all are read, because all of them are meant to be served.
 * https://docs.cloud.google.com/service-infrastructure/docs/service-management/reference/rest/v1/services.configs
 * @param resource the REST URL of the service
 * @param image the image that the program declares; by default any that has the name of ESPv2's
 */
export async function readEndpoints(
    context: Context,
    credentials: Credentials,
    resource: string,
    image?: string,
): Promise<DeployedGateway | Unread> {
    const read: Read = async (url) => {
        const answer = await callGoogle(context.http, credentials, "GET", url, undefined, context.signal);
        return answer.status === 200 ? parseAnswer<Json>(answer, url) : answer.status;
    };
    const found = await read(resource);
    if (typeof found === "number") {
        return { status: found, what: "the service", needs: "roles/run.viewer" };
    }
    const served = await servedBy(found, resource, read, image);
    if (!Array.isArray(served)) {
        return served;
    }
    const all: Omit<DeployedGateway, "host">[] = [];
    for (const each of served) {
        const known = await readServed(each, read);
        if (!Array.isArray(known)) {
            return known;
        }
        all.push(...known);
    }
    const merged = (of: (each: (typeof all)[number]) => string[]): string[] => [...new Set(all.flatMap(of))];
    return {
        host: hostOf(found),
        audiences: merged(({ audiences }) => audiences),
        issuers: merged(({ issuers }) => issuers),
        open: merged(({ open }) => open),
        strangeKeys: merged(({ strangeKeys }) => strangeKeys),
        backends: merged(({ backends }) => backends),
        backendAudiences: merged(({ backendAudiences }) => backendAudiences),
    };
}

/** Reads a configuration that is fixed, or all of those that are rolled out. */
async function readServed({ service, config }: Served, read: Read): Promise<Omit<DeployedGateway, "host">[] | Unread> {
    const needs = `servicemanagement.services.get on ${service}, which roles/servicemanagement.serviceController has`;
    const at = `${SERVICES}${service}`;
    const ids = config === undefined ? idsIn(await read(`${at}/rollouts?filter=status=SUCCESS`)) : [config];
    if (typeof ids === "number") {
        return { status: ids, what: `the rollouts of ${service}`, needs };
    }
    if (ids.length === 0) {
        return { problem: `no configuration of ${service} is rolled out` };
    }
    const configs = await Promise.all(ids.map((id) => read(`${at}/configs/${id}`)));
    const unread = configs.findIndex((each) => typeof each === "number");
    return unread === -1
        ? configs.map((each) => whoGetsIn(objectIn(each), `https://${service}`))
        : { status: Number(configs[unread]), what: `the configuration ${ids[unread] ?? ""} of ${service}`, needs };
}

/** The configurations of the newest rollout. They are listed from the newest to the oldest. */
function idsIn(answer: Json | number): string[] | number {
    if (typeof answer === "number") {
        return answer;
    }
    const [newest] = listIn(answer["rollouts"]);
    return Object.keys(objectIn(objectIn(objectIn(newest)["trafficPercentStrategy"])["percentages"]));
}

/** @param own what tokens can always be for: the name of the managed service */
function whoGetsIn(config: Json, own: string): Omit<DeployedGateway, "host"> {
    const authentication = objectIn(config["authentication"]);
    const providers = new Map(
        listIn(authentication["providers"]).map((each) => [textIn(objectIn(each)["id"]), objectIn(each)]),
    );
    const operations = operationsIn(config).map(({ selector, shown }) => {
        const rule = ruleFor(authentication, selector);
        const requirements = listIn(rule["requirements"]).map(objectIn);
        return { shown, requirements, isOpen: requirements.length === 0 || rule["allowWithoutCredential"] === true };
    });
    const asked = operations.flatMap(({ requirements }) => requirements);
    const used = [...new Set(asked.map(({ providerId }) => textIn(providerId)))].map(
        (id) => providers.get(id) ?? { issuer: `the provider ${id}, which is not there` },
    );
    const rules = operationsIn(config).map(({ selector }) => ruleFor(objectIn(config["backend"]), selector));
    const addresses = rules.flatMap(({ address }) => (typeof address === "string" && address !== "" ? [address] : []));
    return {
        issuers: used.map(({ issuer }) => textIn(issuer)),
        audiences: [own, ...[...used, ...asked].flatMap(({ audiences }) => audiencesIn(audiences))],
        open: operations.flatMap(({ shown, isOpen }) => (isOpen ? [shown] : [])),
        strangeKeys: used
            .filter(({ issuer, jwksUri }) => !hasOwnKeys(textIn(issuer), textIn(jwksUri)))
            .map(({ jwksUri }) => textIn(jwksUri)),
        backends: addresses.map((each) => (URL.canParse(each) ? new URL(each).origin : each)),
        backendAudiences: rules.flatMap(({ jwtAudience }) => (typeof jwtAudience === "string" ? [jwtAudience] : [])),
    };
}

/** What can be called: by a path, or as a method of gRPC. */
function operationsIn(config: Json): { selector: string; shown: string }[] {
    const paths = listIn(objectIn(config["http"])["rules"]).map((each) => {
        const { selector, custom, ...fields } = objectIn(each);
        const { kind, path } = objectIn(custom);
        const [verb, template] = Object.entries(fields).find(([key]) => VERBS.includes(key)) ?? [kind, path];
        return { selector: textIn(selector), shown: `${textIn(verb).toUpperCase()} ${textIn(template)}` };
    });
    const methods = listIn(config["apis"]).flatMap((each) => {
        const { name, methods: own } = objectIn(each);
        return listIn(own).map((method) => `${textIn(name)}.${textIn(objectIn(method)["name"])}`);
    });
    const others = methods.filter((method) => paths.every(({ selector }) => selector !== method));
    return [...paths, ...others.map((selector) => ({ selector, shown: selector }))];
}

const VERBS = ["get", "put", "post", "delete", "patch"];

/**
 * The rule for a method: of several, the last one wins.
 * https://docs.cloud.google.com/service-infrastructure/docs/service-management/reference/rest/v1/services.configs#Authentication
 */
function ruleFor(section: Json, method: string): Json {
    const rules = listIn(section["rules"]).map(objectIn);
    return (
        rules.findLast(({ selector }) =>
            textIn(selector)
                .split(",")
                .some((each) => isMeant(each.trim(), method)),
        ) ?? {}
    );
}

/** A selector is the name of a method, or ends in `*` for all whose names begin so. */
const isMeant = (selector: string, method: string): boolean =>
    selector.endsWith("*") ? method.startsWith(selector.slice(0, -1)) : selector === method;

function hostOf(service: Json): string {
    const { uri } = service;
    return typeof uri === "string" && URL.canParse(uri) ? new URL(uri).host : "";
}

const objectIn = (value: unknown): Json => (isObject(value) ? value : {});
const listIn = (value: unknown): unknown[] => (Array.isArray(value) ? (value as unknown[]) : []);
const textIn = (value: unknown): string => (typeof value === "string" ? value : "");
