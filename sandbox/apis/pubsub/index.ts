/** `pubsub.googleapis.com`. */
export { pubsub } from "./api";
export { backlogOf, type Waiting } from "./backlog";
export { publish, retryDelay, type Subscription, subscriptions, topics } from "./resources";
