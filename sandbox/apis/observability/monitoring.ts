import { defined } from "../../../common";
import { ApiError, type Cloud } from "../../cloud";
import { crud, invalidArgument, numericId, page, type ApiDefinition, type Call, type Json } from "../framework";
import { compileFilter, compileOrder, type FieldReaders, type Method, type RouteRequest } from "../framework";
import { compileLogFilter } from "./log-filter";
import { channelMethods } from "./monitoring-channels";
import {
    alertPolicies,
    alerts,
    channels,
    forgetAbsences,
    type Alert,
    type AlertPolicy,
    type Condition,
    type KeptAlert,
} from "./monitoring-resources";

const POLICY = "monitoring.googleapis.com/AlertPolicy";

const text = (value: unknown): string[] => (value === undefined ? [] : [JSON.stringify(value).replace(/^"|"$/g, "")]);
const policyFields: FieldReaders<Json> = {
    name: ({ name }) => text(name),
    display_name: ({ displayName }) => text(displayName),
    enabled: ({ enabled = false }) => text(enabled),
    type: ({ type }) => text(type),
    user_labels: ({ userLabels }, key) => text((userLabels as Json | undefined)?.[key]),
};
const alertFields: FieldReaders<KeptAlert> = {
    state: ({ state }) => [state],
    open_time: ({ openTime }) => [openTime],
    close_time: ({ closeTime }) => text(closeTime),
    policy: ({ policy }, field) => text(field === "name" ? policy.name : policy.displayName),
};

const policies = crud({
    resources: alertPolicies,
    singular: "AlertPolicy",
    plural: "AlertPolicies",
    permissions: "monitoring.alertPolicies",
    resourceType: POLICY,
    parentField: "name",
    newId: () => numericId(19),
    build,
    deleted: ({ cloud }, name) => forgetAbsences(cloud, name),
});

const withoutCondition = ({ condition: _, ...alert }: KeptAlert): Alert => alert;
const projectInPath = ({ params }: RouteRequest): string => `projects/${params.project ?? ""}`;

/** https://cloud.google.com/monitoring/api/ref_v3/rest */
export const monitoring: ApiDefinition = {
    host: "monitoring.googleapis.com",
    scopes: ["https://www.googleapis.com/auth/monitoring", "https://www.googleapis.com/auth/monitoring.read"],
    unverified: [
        "alert policies are judged by what is written to the log: log match, and absence and threshold of log-based metrics; other conditions are stored and never met",
        "nobody is notified of an alert: projects.alerts shows it",
    ],
    services: {
        "google.monitoring.v3.AlertPolicyService": {
            ...policies,
            ListAlertPolicies: filteredList(policies.ListAlertPolicies, "alertPolicies", (cloud, parent) =>
                alertPolicies.list(cloud, parent),
            ),
        },
        "google.monitoring.v3.NotificationChannelService": {
            ...channelMethods,
            ListNotificationChannels: filteredList(
                channelMethods.ListNotificationChannels as Method,
                "notificationChannels",
                (cloud, parent) => channels.list(cloud, parent),
            ),
        },
    },
    routes: [
        {
            verb: "GET",
            path: "/v3/projects/{project}/alerts",
            permission: "monitoring.alerts.list",
            resource: projectInPath,
            parameters: ["filter", "orderBy", "pageSize", "pageToken"],
            handle(request, { cloud }) {
                const { query } = request;
                const found = alerts
                    .list(cloud, projectInPath(request))
                    .filter(compileFilter(query.get("filter") ?? "", alertFields))
                    .sort(compileOrder(query.get("orderBy") ?? "open_time desc", alertFields));
                const pageToken = query.get("pageToken") ?? undefined;
                const pageSize = Number(query.get("pageSize") ?? 0);
                return {
                    ...page("alerts", found.map(withoutCondition), {
                        pageSize,
                        ...defined({ pageToken }),
                    }),
                    totalSize: found.length,
                };
            },
        },
        {
            verb: "GET",
            path: "/v3/projects/{project}/alerts/{alert}",
            permission: "monitoring.alerts.get",
            resource: projectInPath,
            handle: (request, { cloud }) =>
                withoutCondition(alerts.get(cloud, `${projectInPath(request)}/alerts/${request.params.alert ?? ""}`)),
        },
    ],
};

function build(call: Call, name: string, wanted: Partial<AlertPolicy>, current?: AlertPolicy): AlertPolicy {
    const { conditions = [], alertStrategy, notificationChannels = [], combiner } = wanted;
    if (combiner === undefined) {
        throw invalidArgument("Field alert_policy.combiner must be set", "alert_policy.combiner");
    }
    if (conditions.length === 0 || conditions.length > 6) {
        throw invalidArgument(
            `Field alert_policy.conditions has ${conditions.length} conditions; 1 to 6 are allowed`,
            "alert_policy.conditions",
        );
    }
    conditions.forEach((condition, index) => checkCondition(condition, `alert_policy.conditions[${index}]`));
    if (conditions.some(({ conditionMatchedLog }) => conditionMatchedLog)) {
        // Both are documented of policies on the log; the wording is not Google's [K].
        if (conditions.length > 1) {
            throw invalidArgument(
                "An alert policy with a log match condition has no other condition",
                "alert_policy.conditions",
            );
        }
        if (alertStrategy?.notificationRateLimit === undefined) {
            throw invalidArgument(
                "Field alert_policy.alert_strategy.notification_rate_limit must be set if a condition is on the log",
                "alert_policy.alert_strategy.notification_rate_limit",
            );
        }
    }
    const unknown = notificationChannels.find((channel) => !channels.find(call.cloud, channel));
    if (unknown !== undefined) {
        throw new ApiError("NOT_FOUND", `Notification channel ${unknown} was not found`);
    }
    const record = { mutateTime: call.time };
    return {
        enabled: true,
        ...wanted,
        name,
        conditions: conditions.map((condition) => ({
            ...condition,
            name: condition.name || `${name}/conditions/${numericId(19)}`,
        })),
        creationRecord: current?.creationRecord ?? record,
        mutationRecord: record,
    };
}

function checkCondition({ name: _, displayName: _shown, ...kind }: Condition, field: string): void {
    const [which, condition] = Object.entries(kind)[0] ?? [];
    if (which === undefined) {
        throw invalidArgument(`Field ${field} has no condition`, field);
    }
    const { filter } = condition as { filter?: string };
    if (filter === undefined) {
        return;
    }
    if (filter === "") {
        throw invalidArgument(`Field ${field}.filter must not be empty`, `${field}.filter`);
    }
    if (which === "conditionMatchedLog") {
        compileLogFilter(filter);
    }
}

/** A list that can be filtered and ordered, as those of Cloud Monitoring. */
function filteredList(list: Method, key: string, found: (cloud: Cloud, parent: string) => Json[]): Method {
    return {
        ...list,
        handle(request, { cloud }) {
            const { name, filter = "", orderBy = "" } = request as { name: string; filter?: string; orderBy?: string };
            const all = found(cloud, name).filter(compileFilter(filter, policyFields));
            return { ...page(key, all.sort(compileOrder(orderBy, policyFields)), request), totalSize: all.length };
        },
    };
}
