import { ApiError, type Cloud } from "../../cloud";
import {
    crud,
    invalidArgument,
    notFound,
    numericId,
    page,
    shortName,
    type Call,
    type Json,
    type Methods,
} from "../framework";
import {
    alertPolicies,
    channels,
    projectAbove,
    type AlertPolicy,
    type NotificationChannel,
} from "./monitoring-resources";

/** The labels that each kind of channel needs, and those of them that are secret. */
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

/** The service `google.monitoring.v3.NotificationChannelService`. */
export const channelMethods: Methods<"google.monitoring.v3.NotificationChannelService"> = {
    ...crud({
        resources: channels,
        singular: "NotificationChannel",
        permissions: "monitoring.notificationChannels",
        resourceType: CHANNEL,
        parentField: "name",
        newId: () => numericId(19),
        kept: ["type", "verificationStatus", "creationRecord", "mutationRecords"],
        build,
        deleting: ({ cloud }, { name }, { force }) => {
            const users = usersOf(cloud, name);
            if (users.length > 0 && force !== true) {
                throw new ApiError(
                    "FAILED_PRECONDITION",
                    `Cannot delete notification channel ${name}: it is used by ${users.map((policy) => policy.name).join(", ")}; set force to true`,
                );
            }
        },
        deleted: ({ cloud }, name) => removeFromPolicies(cloud, name),
    }),
    ListNotificationChannelDescriptors: {
        permission: "monitoring.notificationChannelDescriptors.list",
        handle: (request) =>
            page(
                "channelDescriptors",
                Object.keys(KINDS).map((type) => descriptor(request.name, type)),
                request,
            ),
    },
    GetNotificationChannelDescriptor: {
        permission: "monitoring.notificationChannelDescriptors.get",
        resource: ({ name }) => projectAbove(name),
        handle({ name }) {
            if (!KINDS[shortName(name)]) {
                throw notFound(name);
            }
            return descriptor(projectAbove(name), shortName(name));
        },
    },
};

function build(
    { time }: Call,
    name: string,
    wanted: Partial<NotificationChannel>,
    current: NotificationChannel | undefined,
): NotificationChannel {
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
        // Secret labels are masked when they arrive, because nothing here uses them.
        labels: Object.fromEntries(
            Object.entries(labels).map(([key, value]) => [key, kind.secret?.includes(key) ? "**********" : value]),
        ),
        creationRecord: current?.creationRecord ?? record,
        mutationRecords: [record],
    };
}

/** The policies that notify a channel. */
function usersOf(cloud: Cloud, channel: string): AlertPolicy[] {
    return alertPolicies
        .list(cloud, projectAbove(channel))
        .filter(({ notificationChannels }) => notificationChannels?.includes(channel));
}

function removeFromPolicies(cloud: Cloud, channel: string): void {
    for (const policy of usersOf(cloud, channel)) {
        const notificationChannels = policy.notificationChannels?.filter((other) => other !== channel) ?? [];
        alertPolicies.put(cloud, policy.name, { ...policy, notificationChannels });
    }
}

function descriptor(parent: string, type: string): Json {
    const kind = KINDS[type];
    const labels = [...new Set([...(kind?.required ?? []), ...(kind?.secret ?? [])])].map((key) => ({ key }));
    return { name: `${parent}/notificationChannelDescriptors/${type}`, type, displayName: kind?.title ?? type, labels };
}
