import { ApiError } from "../../cloud";
import { invalidArgument, page, Resources, type ApiDefinition, type Call, type Json, type Stored } from "../framework";
import { compileLogFilter } from "./log-filter";

/** A metric that counts entries of the log. */
export type LogMetric = Stored<"google.logging.v2.LogMetric", "name" | "filter">;

/** Metrics by `projects/P/metrics/M`. */
export const logMetrics = new Resources<LogMetric>("logging.metrics", "google.logging.v2.LogMetric");

/** The prefix of a metric's type in Cloud Monitoring. */
export const METRIC_PREFIX = "logging.googleapis.com/user/";

const METRIC = "logging.googleapis.com/LogMetric";
const ID = /^[\w.,+\-!*',()%/]{1,100}$/;

const missing = (name: string): ApiError => new ApiError("NOT_FOUND", `Metric ${name} does not exist.`);

/** https://cloud.google.com/logging/docs/reference/v2/rest/v2/projects.metrics */
export const loggingMetrics: ApiDefinition = {
    host: "logging.googleapis.com",
    unverified: ["metrics only count entries for alert policies; their points cannot be read"],
    services: {
        "google.logging.v2.MetricsServiceV2": {
            ListLogMetrics: {
                permission: "logging.logMetrics.list",
                handle: (request, { cloud }) => page("metrics", logMetrics.list(cloud, request.parent), request),
            },
            GetLogMetric: {
                permission: "logging.logMetrics.get",
                resource: ({ metricName }) => metricName,
                resourceType: METRIC,
                handle({ metricName }, { cloud }) {
                    const found = logMetrics.find(cloud, metricName);
                    if (!found) {
                        throw missing(metricName);
                    }
                    return found;
                },
            },
            CreateLogMetric: {
                permission: "logging.logMetrics.create",
                resourceType: METRIC,
                handle({ parent, metric }, call) {
                    const built = build(call, parent, metric);
                    return logMetrics.create(call.cloud, `${parent}/metrics/${built.name}`, built);
                },
            },
            // The update creates the metric if it is missing.
            UpdateLogMetric: {
                permission: "logging.logMetrics.update",
                resource: ({ metricName }) => metricName,
                resourceType: METRIC,
                handle({ metricName, metric }, call) {
                    const [parent = "", id] = metricName.split("/metrics/");
                    if (metric.name !== id) {
                        throw invalidArgument(`metric.name "${metric.name}" is not the one of the URL`, "metric.name");
                    }
                    const current = logMetrics.find(call.cloud, metricName);
                    return logMetrics.put(call.cloud, metricName, build(call, parent, metric, current));
                },
            },
            DeleteLogMetric: {
                permission: "logging.logMetrics.delete",
                resource: ({ metricName }) => metricName,
                resourceType: METRIC,
                handle({ metricName }, { cloud }) {
                    if (!cloud.store.delete(logMetrics.collection, metricName)) {
                        throw missing(metricName);
                    }
                    return {};
                },
            },
        },
    },
};

function build({ time }: Call, parent: string, wanted: Json, current?: LogMetric): LogMetric {
    const { name = "", filter = "", metricDescriptor } = wanted as Partial<LogMetric> & { metricDescriptor?: Json };
    if (!ID.test(name)) {
        throw invalidArgument(`Metric name "${name}" is not valid`, "metric.name");
    }
    if (filter === "") {
        throw invalidArgument("Metric filter must not be empty", "metric.filter");
    }
    compileLogFilter(filter);
    const type = `${METRIC_PREFIX}${name}`;
    return {
        ...wanted,
        name,
        filter,
        metricDescriptor: {
            metricKind: "DELTA",
            valueType: "INT64",
            unit: "1",
            ...metricDescriptor,
            ...(typeof wanted.description === "string" && { description: wanted.description }),
            name: `${parent}/metricDescriptors/${type}`,
            type,
        },
        createTime: current?.createTime ?? time,
        updateTime: time,
    };
}
