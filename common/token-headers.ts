/** The headers that carry tokens, in lower case, whoever reads them. */
export const tokenHeaders: readonly string[] = ["authorization", "x-serverless-authorization", "proxy-authorization"];

/**
 * Whether a header says who calls. Cloud Run checks `X-Serverless-Authorization` instead of `Authorization` where a request has both
 * (https://docs.cloud.google.com/run/docs/authenticating/service-to-service).
 */
export const saysWhoCalls = (header: string): boolean => tokenHeaders.includes(header.trim().toLowerCase());
