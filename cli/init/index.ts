export { makeProject, templates } from "./project";
