import type { Connectors } from "./apis";
import type { AnyValue, Value } from "./expression";
import type { Given, Method } from "./method";
import { call, type CallStep } from "./steps";

/** Connectors that are no method of the REST APIs: https://docs.cloud.google.com/workflows/docs/reference/googleapis */
interface Helpers {
    "googleapis.secretmanager.v1.projects.secrets.versions.accessString": Method<
        "secret_id",
        { version: string | number; project_id: string },
        never,
        string
    >;
    "googleapis.secretmanager.v1.projects.secrets.addVersionString": Method<
        "secret_id" | "data",
        { project_id: string },
        never,
        { name: string }
    >;
    "googleapis.workflowexecutions.v1.projects.locations.workflows.executions.run": Method<
        "workflow_id",
        { location: string; project_id: string; argument: unknown },
        never,
        unknown
    >;
}

type Known = Connectors & Helpers;

/** The methods that are known. For any other, use `call(step, "googleapis.…", args)`. */
export type ConnectorName = keyof Known;

/** https://docs.cloud.google.com/workflows/docs/connectors#use */
export interface ConnectorParams {
    /** In seconds, at most a year. */
    timeout?: Value<number>;
    polling_policy?: { initial_delay?: Value<number>; multiplier?: Value<number>; max_delay?: Value<number> };
    skip_polling?: Value<boolean>;
    scopes?: Value<string | string[]>;
}

/** Arguments that every method takes: a regional host, the format of the answer, and arguments that its definition lacks. */
interface Common {
    location: string;
    region: string;
    alt: string;
    fields: string;
    uploadType: string;
}

/** The arguments of a method. The type is not distributive, because with a thousand methods that takes the compiler seconds. */
export type ConnectorArgs<M> = [M] extends [Method<infer Path, infer Query, infer Body, unknown>]
    ? { [K in Path]: Value<string> | Value<number> } & { [K in keyof Query]?: Given<Query[K]> } & {
          [K in Exclude<keyof Common, Path | keyof Query>]?: Value<Common[K]>;
      } & ([Body] extends [never] ? unknown : { body?: Given<Body> }) & {
              query?: { [name: string]: AnyValue };
              connector_params?: ConnectorParams;
          }
    : never;

/** The result of a method. Every field of its definition can be read, although an answer may lack some. */
export type ConnectorResult<M> = [M] extends [Method<string, unknown, unknown, infer Result>] ? Result : never;

/** The type of the result of a call. {@link gives} makes it. */
export interface Gives<R> {
    readonly type?: R;
}

/** `gives<Order>()` states the result of a connector if its definition does not, as for the content of an object. */
export function gives<R>(): Gives<R> {
    return {};
}

/**
 * Calls a connector, which authenticates by itself. Arguments, body and result have the types of the API's definition.
 * https://docs.cloud.google.com/workflows/docs/reference/googleapis
 *
 * @example connector("query", "googleapis.bigquery.v2.jobs.query", { projectId, body: { query: "SELECT 1" } })
 */
export function connector<M extends ConnectorName, R = ConnectorResult<Known[M]>>(
    step: string,
    method: M,
    args: ConnectorArgs<Known[M]>,
    _result?: Gives<R>,
): CallStep<R> {
    return call<R>(step, method, args);
}
