import { asText, isObject } from "../../values";
import type { RestType } from "../rest";

const monitoring = "https://monitoring.googleapis.com/v3/";

/** `gcp.logging.Metric`. https://cloud.google.com/logging/docs/reference/v2/rest/v2/projects.metrics */
export const logMetric: RestType = {
    token: "gcp:logging/metric:Metric",
    base: "https://logging.googleapis.com/v2/",
    id: "{name}",
    path: "projects/{project}/metrics/{name}",
    create: "projects/{project}/metrics",
    update: "whole",
    autoName: { property: "name", maximum: 100 },
    bodyName: "short",
};

/** `gcp.monitoring.AlertPolicy`. https://cloud.google.com/monitoring/api/ref_v3/rest/v3/projects.alertPolicies */
export const alertPolicy: RestType = {
    token: "gcp:monitoring/alertPolicy:AlertPolicy",
    base: monitoring,
    create: "projects/{project}/alertPolicies",
    update: "mask",
    defaults: { enabled: true },
    rename: { "AlertPolicyAlertStrategy.notificationChannelStrategies": "notificationChannelStrategy" },
    // The API has one record, and the provider a list with one record.
    toOutputs: (outputs, { creationRecord }) => ({
        ...outputs,
        creationRecords: isObject(creationRecord) ? [creationRecord] : [],
    }),
};

/** `gcp.monitoring.NotificationChannel`. https://cloud.google.com/monitoring/api/ref_v3/rest/v3/projects.notificationChannels */
export const notificationChannel: RestType = {
    token: "gcp:monitoring/notificationChannel:NotificationChannel",
    base: monitoring,
    create: "projects/{project}/notificationChannels",
    update: "mask",
    defaults: { enabled: true, forceDelete: false },
    notSent: ["forceDelete"],
    unsupported: ["sensitiveLabels"],
    remove: async (http, path, inputs) => {
        await http.call("DELETE", inputs["forceDelete"] === true ? `${path}?force=true` : path);
    },
};

/** `gcp.iam.DenyPolicy`. https://cloud.google.com/iam/docs/reference/rest/v2/policies */
export const denyPolicy: RestType = {
    token: "gcp:iam/denyPolicy:DenyPolicy",
    base: "https://iam.googleapis.com/v2/",
    id: "{parent}/{name}",
    path: "policies/{parent}/denypolicies/{name}",
    create: "policies/{parent}/denypolicies?policyId={name}",
    update: "whole",
    autoName: { property: "name", maximum: 63 },
    notSent: ["parent"],
    shortNames: ["name"],
    toBody: (body, inputs, purpose) =>
        purpose === "create"
            ? body
            : { ...body, name: `policies/${asText(inputs["parent"])}/denypolicies/${asText(inputs["name"])}` },
};
