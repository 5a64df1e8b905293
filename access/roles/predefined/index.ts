/** Google's own roles, as tables. */
export { predefined } from "./predefined";
