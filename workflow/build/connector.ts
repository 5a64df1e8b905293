import type { Connectors } from "./connectors";
import type { AnyValue, Value } from "./expression";
import { call, type CallStep } from "./steps";

/** A method of an API: the names in its path, which it needs, those in its query, and whether it takes a body. */
export interface Method<Path extends string, Query extends string, Body extends boolean> {
    path: Path;
    query: Query;
    body: Body;
}

/** What the REST APIs do not have: https://docs.cloud.google.com/workflows/docs/reference/googleapis */
interface Helpers {
    "googleapis.secretmanager.v1.projects.secrets.versions.accessString": Method<
        "secret_id",
        "version" | "project_id",
        false
    >;
    "googleapis.secretmanager.v1.projects.secrets.addVersionString": Method<"secret_id" | "data", "project_id", false>;
    "googleapis.workflowexecutions.v1.projects.locations.workflows.executions.run": Method<
        "workflow_id",
        "location" | "project_id" | "argument",
        false
    >;
}

type Known = Connectors & Helpers;

/** The methods that are known. Any other: `call(step, "googleapis.…", args)`. */
export type ConnectorName = keyof Known;

/** https://docs.cloud.google.com/workflows/docs/connectors#use */
export interface ConnectorParams {
    /** In seconds, at most a year. */
    timeout?: Value<number>;
    polling_policy?: { initial_delay?: Value<number>; multiplier?: Value<number>; max_delay?: Value<number> };
    skip_polling?: Value<boolean>;
    scopes?: Value<string | string[]>;
}

/** The arguments of a method, as its definition names them. */
export type ConnectorArgs<M> =
    M extends Method<infer Path, infer Query, infer Body>
        ? { [K in Path]: Value<string> | Value<number> } & { [K in Query]?: AnyValue } & (Body extends true
                  ? { body?: AnyValue }
                  : unknown) & {
                  /** Chooses a regional host. */
                  [K in Exclude<"location" | "region", Path | Query>]?: Value<string>;
              } & { query?: { [name: string]: AnyValue }; connector_params?: ConnectorParams }
        : never;

/** Says what a call gives; made by {@link gives}. */
export interface Gives<R> {
    readonly type?: R;
}

/** `gives<{ rows: unknown[] }>()`, for the result of a connector. */
export function gives<R>(): Gives<R> {
    return {};
}

/**
 * A connector; it authenticates by itself.
 * https://docs.cloud.google.com/workflows/docs/reference/googleapis
 *
 * @example connector("query", "googleapis.bigquery.v2.jobs.query", { projectId, body: { query: "SELECT 1" } }, gives<{ rows: unknown[] }>())
 */
export function connector<M extends ConnectorName, R = unknown>(
    step: string,
    method: M,
    args: ConnectorArgs<Known[M]>,
    _result?: Gives<R>,
): CallStep<R> {
    return call<R>(step, method, args as AnyValue);
}
