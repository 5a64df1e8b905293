/**
 * The name of a host of Cloud Run without the tag of a revision: `TAG---SERVICE-….run.app` is an address of the service, and no audience
 * of its tokens. https://cloud.google.com/run/docs/rollouts-rollbacks-traffic-migration#tags
 * https://cloud.google.com/run/docs/authenticating/service-to-service
 */
export const untagged = (host: string): string =>
    host.endsWith(".run.app") ? host.replace(/^[a-z0-9-]*---/, "") : host;
