/**
 * The scope beside `cloud-platform` with which most of an API's methods can be called, by the API's name: where it has
 * several, the narrowest that still writes. From the `auth` of Google's discovery documents
 * (https://www.googleapis.com/discovery/v1/apis); an API that is not here takes `cloud-platform` only.
 */
const narrower: Readonly<Record<string, string>> = {
    addressvalidation: "maps-platform.addressvalidation",
    agentregistry: "agentregistry.read-write",
    aiplatform: "aiplatform",
    analyticshub: "bigquery",
    apihub: "apihub.readwrite",
    apikeys: "apikeys",
    appengine: "appengine.admin",
    auditmanager: "cloud-auditmanager",
    backupdr: "cloud-backupdr",
    biglake: "bigquery",
    bigquery: "bigquery",
    bigqueryconnection: "bigquery",
    bigquerydatapolicy: "bigquery",
    bigquerydatatransfer: "bigquery",
    bigqueryreservation: "bigquery",
    bigquerystorage: "bigquery",
    bigtable: "bigtable.data",
    bigtableadmin: "bigtable.admin",
    billingbudgets: "cloud-billing",
    "calendar-json": "calendar",
    cloudasset: "cloudasset",
    cloudbilling: "cloud-billing",
    cloudidentity: "cloud-identity.groups",
    cloudkms: "cloudkms",
    cloudtrace: "trace.append",
    composer: "cloudcomposer",
    compute: "compute",
    container: "container",
    dataflow: "compute",
    dataform: "bigquery",
    datalineage: "datalineage.read-write",
    dataplex: "dataplex.read-write",
    dataproc: "dataproc",
    datastore: "datastore",
    deploymentmanager: "ndev.cloudman",
    dialogflow: "dialogflow",
    discoveryengine: "discoveryengine.readwrite",
    dns: "ndev.clouddns.readwrite",
    fcm: "firebase.messaging",
    firebase: "firebase",
    firebasedatabase: "firebase",
    firebasehosting: "firebase",
    firebaserules: "firebase",
    firestore: "datastore",
    gmail: "gmail.send",
    healthcare: "cloud-healthcare",
    identitytoolkit: "firebase",
    jobs: "jobs",
    language: "cloud-language",
    logging: "logging.write",
    memorystore: "memorystore.read-write",
    monitoring: "monitoring",
    netapp: "cloud-netapp",
    notebooks: "notebooks",
    orgpolicy: "organizationpolicy",
    oslogin: "compute",
    places: "maps-platform.places",
    pubsub: "pubsub",
    redis: "redis.read-write",
    run: "run",
    securitycenter: "securitycenter",
    servicecontrol: "servicecontrol",
    servicemanagement: "service.management",
    servicenetworking: "service.management",
    serviceusage: "service.management",
    sheets: "spreadsheets",
    sourcerepo: "source.read_write",
    spanner: "spanner.data",
    sqladmin: "sqlservice.admin",
    storage: "devstorage.read_write",
    translate: "cloud-translation",
    translation: "cloud-translation",
    vision: "cloud-vision",
};

const prefix = "https://www.googleapis.com/auth/";

export const CLOUD_PLATFORM = `${prefix}cloud-platform`;

/**
 * The scope that is narrower than `cloud-platform` and enough for most calls to a host; `undefined` where there is
 * none. Regional hosts are of their API: `us-central1-aiplatform.googleapis.com`, `storage.me-central2.rep.googleapis.com`.
 */
export function narrowerScope(host: string): string | undefined {
    const label = host.endsWith(".googleapis.com") ? (host.split(".")[0] ?? "") : "";
    const name = [label, label.slice(label.lastIndexOf("-") + 1)].find((each) => Object.hasOwn(narrower, each));
    return name === undefined ? undefined : `${prefix}${narrower[name] ?? ""}`;
}
