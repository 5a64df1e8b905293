/** `servicemanagement.googleapis.com`, for Cloud Endpoints. */
export { endpointsService, managedServiceName, servicemanagement } from "./api";
