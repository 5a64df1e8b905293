import { ApiError } from "../../cloud";
import {
    crud,
    invalidArgument,
    method,
    notFound,
    numericId,
    page,
    shortName,
    type Json,
    type Method,
} from "../framework";
import { alertPolicies, channels, projectOf, type NotificationChannel } from "./monitoring-resources";

/** What each kind of channel must be told, and what of that is never shown again. */
const KINDS: Record<string, { title: string; required: string[]; secret?: string[] }> = {
    email: { title: "Email", required: ["email_address"] },
    google_chat: { title: "Google Chat", required: ["space"] },
    pagerduty: { title: "PagerDuty", required: ["service_key"], secret: ["service_key"] },
    pubsub: { title: "Cloud Pub/Sub", required: ["topic"] },
    slack: { title: "Slack", required: ["channel_name"], secret: ["auth_token"] },
    sms: { title: "SMS", required: ["number"] },
    webhook_basicauth: { title: "Webhook with basic auth", required: ["url"], secret: ["password"] },
    webhook_tokenauth: { title: "Webhook with token", required: ["url"] },
};

const CHANNEL = "monitoring.googleapis.com/NotificationChannel";

function descriptor(parent: string, type: string): Json {
    const kind = KINDS[type];
    const labels = [...new Set([...(kind?.required ?? []), ...(kind?.secret ?? [])])].map((key) => ({ key }));
    return { name: `${parent}/notificationChannelDescriptors/${type}`, type, displayName: kind?.title ?? type, labels };
}

const common = crud<NotificationChannel>({
    resources: channels,
    singular: "NotificationChannel",
    permissions: "monitoring.notificationChannels",
    resourceType: CHANNEL,
    parentField: "name",
    newId: () => numericId(19),
    kept: ["type", "verificationStatus", "creationRecord", "mutationRecords"],
    build({ time }, name, wanted, current) {
        const { type = "", labels = {} } = wanted;
        const kind = KINDS[type];
        if (!kind) {
            throw invalidArgument(
                `Invalid notification channel type "${type}": known are ${Object.keys(KINDS).join(", ")}`,
                "notification_channel.type",
            );
        }
        const missing = kind.required.find((key) => labels[key] === undefined);
        if (missing !== undefined) {
            throw invalidArgument(
                `A channel of type "${type}" needs the label "${missing}"`,
                `notification_channel.labels[${missing}]`,
            );
        }
        const record = { mutateTime: time };
        return {
            enabled: true,
            ...wanted,
            name,
            type,
            // What is secret is obfuscated as soon as it comes in: nothing here would use it.
            labels: Object.fromEntries(
                Object.entries(labels).map(([key, value]) => [key, kind.secret?.includes(key) ? "**********" : value]),
            ),
            creationRecord: current?.creationRecord ?? record,
            mutationRecords: [record],
        };
    },
});

/** The service `google.monitoring.v3.NotificationChannelService`. */
export const channelMethods: Record<string, Method> = {
    ...common,
    DeleteNotificationChannel: method<{ name: string; force?: boolean }>({
        permission: "monitoring.notificationChannels.delete",
        resourceType: CHANNEL,
        handle({ name, force }, { cloud }) {
            const users = alertPolicies
                .list(cloud, projectOf(name))
                .filter(({ notificationChannels }) => notificationChannels?.includes(name));
            if (users.length > 0 && !force) {
                throw new ApiError(
                    "FAILED_PRECONDITION",
                    `Cannot delete notification channel ${name}: it is used by ${users.map((policy) => policy.name).join(", ")}; set force to true`,
                );
            }
            channels.delete(cloud, name);
            for (const policy of users) {
                const notificationChannels = policy.notificationChannels?.filter((channel) => channel !== name);
                alertPolicies.put(cloud, policy.name, { ...policy, notificationChannels: notificationChannels ?? [] });
            }
            return {};
        },
    }),
    ListNotificationChannelDescriptors: method<{ name: string; pageSize?: number; pageToken?: string }>({
        permission: "monitoring.notificationChannelDescriptors.list",
        handle: (request) =>
            page(
                "channelDescriptors",
                Object.keys(KINDS).map((type) => descriptor(request.name, type)),
                request,
            ),
    }),
    GetNotificationChannelDescriptor: method<{ name: string }>({
        permission: "monitoring.notificationChannelDescriptors.get",
        resource: ({ name }) => projectOf(name),
        handle({ name }) {
            if (!KINDS[shortName(name)]) {
                throw notFound(name);
            }
            return descriptor(projectOf(name), shortName(name));
        },
    }),
};
