/** The filters and orders of lists. https://google.aip.dev/160, https://google.aip.dev/132#ordering */
export { type FieldReaders } from "./fields";
export { compileFilter } from "./filter";
export { compileOrder } from "./order";
export { selected } from "./selected";
