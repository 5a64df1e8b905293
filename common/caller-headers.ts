/** The headers by which a receiver knows who calls, in lower case. */
const OF_CALLERS = ["authorization", "x-serverless-authorization", "proxy-authorization"];

/**
 * Whether a header says who calls. Cloud Run checks `X-Serverless-Authorization` instead of `Authorization` where a request has both
 * (https://docs.cloud.google.com/run/docs/authenticating/service-to-service).
 */
export const saysWhoCalls = (header: string): boolean => OF_CALLERS.includes(header.trim().toLowerCase());
