import { permissions } from "../permissions";
import { getProject, type RoleTable } from "./table";

const compute = permissions.filter((name) => name.startsWith("compute."));
const reads = compute.filter((name) => /\.(get|list)$/.test(name));
const networking = compute.filter((name) => !/IamPolicy$|ecurityPolicies\.(create|delete|update)$/.test(name));

/** The roles of Compute Engine, as far as networks and load balancers need them, and those of Cloud Build. */
export const networkingRoles: RoleTable = {
    "cloudbuild.builds.editor": ["Cloud Build Editor", "cloudbuild.builds.*", getProject],
    "cloudbuild.builds.viewer": ["Cloud Build Viewer", "cloudbuild.builds.{get,list}", getProject],
    "compute.admin": ["Compute Admin", ...compute],
    "compute.loadBalancerAdmin": [
        "Compute Load Balancer Admin",
        ...networking.filter(
            (name) => !/^compute\.(sub)?networks\.(create|delete|update|setPrivateIpGoogleAccess)$/.test(name),
        ),
    ],
    "compute.networkAdmin": [
        "Compute Network Admin",
        ...networking.filter((name) => !/sslCertificates\.(create|delete)$/i.test(name)),
    ],
    "compute.networkUser": [
        "Compute Network User",
        "compute.networks.{get,list,use}",
        "compute.subnetworks.{get,list,use}",
        "compute.regions.*",
    ],
    "compute.networkViewer": ["Compute Network Viewer", ...reads],
    // https://docs.cloud.google.com/service-directory/docs/access-control
    "servicedirectory.admin": ["Service Directory Admin", "servicedirectory.*", getProject],
    "servicedirectory.editor": [
        "Service Directory Editor",
        "servicedirectory.endpoints.{create,delete,get,getIamPolicy,list,update}",
        "servicedirectory.locations.*",
        "servicedirectory.namespaces.{associatePrivateZone,create,delete,get,getIamPolicy,list,update}",
        "servicedirectory.networks.attach",
        "servicedirectory.services.{bind,create,delete,get,getIamPolicy,list,resolve,update}",
        getProject,
    ],
    "servicedirectory.networkAttacher": [
        "Service Directory Network Attacher",
        "servicedirectory.networks.attach",
        getProject,
    ],
    "servicedirectory.pscAuthorizedService": [
        "Private Service Connect Authorized Service",
        "servicedirectory.networks.access",
        getProject,
    ],
    "servicedirectory.viewer": [
        "Service Directory Viewer",
        "servicedirectory.{endpoints,namespaces,services}.{get,getIamPolicy,list}",
        "servicedirectory.locations.*",
        "servicedirectory.services.resolve",
        getProject,
    ],
    "compute.securityAdmin": [
        "Compute Security Admin",
        ...compute.filter((name) => /ecurityPolicies\.|sslCertificates\.|setSecurityPolicy$/i.test(name)),
    ],
    "vpcaccess.admin": ["Serverless VPC Access Admin", "vpcaccess.*"],
    "vpcaccess.user": [
        "Serverless VPC Access User",
        "vpcaccess.connectors.{get,list,use}",
        "vpcaccess.{locations,operations}.*",
    ],
    "vpcaccess.viewer": [
        "Serverless VPC Access Viewer",
        "vpcaccess.connectors.{get,list}",
        "vpcaccess.{locations,operations}.*",
    ],
    "compute.viewer": ["Compute Viewer", ...reads, "compute.backendServices.getIamPolicy"],
};
