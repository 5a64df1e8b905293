import { isObject } from "../../common";
import type { Credentials } from "../../credentials";
import type { Context } from "../attempt";
import { audiencesIn, type DeployedGateway, hasOwnKeys, type Unread } from "./gateway";
import { callGoogle, parseAnswer } from "./policies";

type Json = Record<string, unknown>;

/** The container of a service that is read here. */
interface Container {
    image?: string;
    env?: { name?: string; value?: string }[];
}

/** Which configuration a proxy serves: one that was fixed when it was deployed, or else the one that is rolled out. */
interface Served {
    service: string;
    config?: string;
}

/** https://cloud.google.com/endpoints/docs/openapi/set-up-cloud-run-espv2: the tag of an image with a configuration in it names both. */
const IMAGE = /\/endpoints-runtime-serverless(?:[:@]|$)/;
const BUILT_IN = /:[\d.]+-([a-z0-9.-]+)-(\d{4}-\d\d-\d\dr\d+)$/;

/** Flags by which ESPv2 serves another configuration: https://cloud.google.com/endpoints/docs/openapi/specify-esp-v2-startup-options */
const OTHER_CONFIGURATION = /--(service|version|rollout_strategy=fixed|service_json_path|server_config_dir|non_gcp)\b/;

const SERVICES = "https://servicemanagement.googleapis.com/v1/services/";

/** The container of a Cloud Run service that is ESPv2, the proxy of Cloud Endpoints. Undefined if none is. */
export function proxyIn(description: unknown): Container | undefined {
    const template = objectIn(objectIn(description)["template"]);
    const containers = listIn(template["containers"]) as Container[];
    return containers.find(
        ({ image = "", env = [] }) => IMAGE.test(image) || env.some(({ name }) => name === "ENDPOINTS_SERVICE_NAME"),
    );
}

/**
 * Which configuration a proxy serves, or why that cannot be told.
 * https://github.com/GoogleCloudPlatform/esp-v2/blob/master/docker/serverless/env_start_proxy.py
 */
function servedBy({ image = "", env = [] }: Container): Served | string {
    const variable = (wanted: string): string | undefined => env.find(({ name }) => name === wanted)?.value;
    const isSet = (wanted: string): boolean => env.some(({ name }) => name === wanted);
    const [flag] = OTHER_CONFIGURATION.exec(variable("ESPv2_ARGS") ?? "") ?? [];
    const [, named, built] = BUILT_IN.exec(image) ?? [];
    const [service, config] = [variable("ENDPOINTS_SERVICE_NAME"), variable("ENDPOINTS_SERVICE_VERSION")];
    if (flag !== undefined || isSet("ENDPOINTS_SERVICE_PATH")) {
        return `${flag ?? "ENDPOINTS_SERVICE_PATH"} names another one than Service Management knows`;
    }
    if (service !== undefined) {
        return { service, ...(config !== undefined && { config }) };
    }
    if (isSet("ENDPOINTS_SERVICE_NAME") || named === undefined || built === undefined) {
        return `neither ENDPOINTS_SERVICE_NAME nor the tag of ${image} tells it`;
    }
    return { service: named, config: built };
}

/**
 * Reads, for a Cloud Run service that is ESPv2, which tokens the configuration takes that it serves, and where it sends requests.
 * Of a rollout to several configurations all are read, because all of them are meant to be served.
 * https://docs.cloud.google.com/service-infrastructure/docs/service-management/reference/rest/v1/services.configs
 * @param resource the REST URL of the service
 */
export async function readEndpoints(
    context: Context,
    credentials: Credentials,
    resource: string,
): Promise<DeployedGateway | Unread> {
    const read = async (url: string): Promise<Json | number> => {
        const answer = await callGoogle(context.http, credentials, "GET", url, undefined, context.signal);
        return answer.status === 200 ? parseAnswer<Json>(answer, url) : answer.status;
    };
    const found = await read(resource);
    if (typeof found === "number") {
        return { status: found, what: "the service", needs: "roles/run.viewer" };
    }
    const proxy = proxyIn(found);
    if (proxy === undefined) {
        return { problem: "it runs another image than ESPv2" };
    }
    const served = servedBy(proxy);
    if (typeof served === "string") {
        return { status: 0, what: `which configuration it serves is not known: ${served}`, needs: "" };
    }
    const { service, config } = served;
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
    if (unread !== -1) {
        return { status: Number(configs[unread]), what: `the configuration ${ids[unread] ?? ""} of ${service}`, needs };
    }
    const all = configs.map((each) => whoGetsIn(objectIn(each), `https://${service}`));
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
