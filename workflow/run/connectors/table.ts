import { defined } from "../../../common";
import services from "./methods.json";

/**
 * How one sees that what a method started has ended: a long-running operation, an operation with a status, a job of BigQuery,
 * Dataflow or Batch, a job of Vertex AI by its state, or a resource of Knative by its condition.
 */
export type Polling = "operation" | "status" | "job" | "dataflow" | "batch" | "state" | "condition";

/** A method of a Google API, as its discovery document describes it. */
export interface Method {
    /** Such as `googleapis.run.v2.projects.locations.services.get`. */
    name: string;
    verb: string;
    /** Absolute, with a slash at the end. */
    root: string;
    /** Such as `v2`. */
    version: string;
    /** With parameters as `{name}` or `{+name}`. */
    path: string;
    pathParams: readonly string[];
    queryParams: readonly string[];
    hasBody: boolean;
    poll?: Polling;
    /** The scope that the method needs if cloud-platform is not enough. */
    scope?: string;
    /** The path for content, if the method takes any. */
    upload?: string;
}

const TABLE: Readonly<Record<string, { root: string; methods: Readonly<Record<string, string>> } | undefined>> =
    services;

/** Finds a method by the name of its connector. */
export function findMethod(name: string): Method | undefined {
    const [, api = "", version = "", path = ""] = /^googleapis\.(\w+)\.(\w+)\.(.+)$/.exec(name) ?? [];
    const service = TABLE[`${api}.${version}`];
    const entry = service !== undefined && Object.hasOwn(service.methods, path) ? service.methods[path] : undefined;
    if (service === undefined || entry === undefined) {
        return undefined;
    }
    const [verb = "", target = "", ...traits] = entry.split(" ");
    const [template = "", query = ""] = target.split("?");
    const trait = (key: string): string | undefined =>
        traits.find((each) => each.startsWith(`${key}=`))?.slice(key.length + 1);
    const poll = trait("poll") as Polling | undefined;
    const scope = trait("scope");
    const upload = trait("upload");
    return {
        name,
        verb,
        root: service.root,
        version,
        path: template,
        pathParams: Array.from(template.matchAll(/\{\+?(\w+)\}/g), ([, param = ""]) => param),
        queryParams: query === "" ? [] : query.split("&").map((param) => param.replace("*", "")),
        hasBody: traits.includes("body"),
        ...defined({ poll, scope, upload }),
    };
}

/** The connectors of the service that a name such as `googleapis.run.v2.…` begins with. */
export function methodsOf(name: string): string[] {
    const [, prefix = "", service = ""] = /^(googleapis\.(\w+\.\w+)\.)/.exec(name) ?? [];
    return Object.keys(TABLE[service]?.methods ?? {}).map((method) => prefix + method);
}

/** The services that have connectors, such as `run.v2`. */
export const SERVICES: readonly string[] = Object.keys(TABLE);
