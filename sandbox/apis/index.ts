export * from "./framework";
export { googleApis } from "./google-apis";
