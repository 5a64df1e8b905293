/** Load balancers in front of services: which request goes where. */
export { createBalancerDoor, type Entrances } from "./door";
export { frontEndsOf } from "./front-ends";
