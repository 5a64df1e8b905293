/** Mocks for unit tests of stacks with these components. */
import "./needs";

export { setMocks, type Mocked, type MockedResource, type MockOptions } from "./mocks";
