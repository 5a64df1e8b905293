//! What programs in Rust do with a sandbox: ID tokens in each way that Google's library knows, and calls of its services. Each
//! line that it prints tells how one of them ended. Run by scripts/clients.cjs, told by its environment what is there.
use std::env;
use std::error::Error;
use std::future::Future;
use std::time::Duration;

use google_cloud_auth::credentials::{self, idtoken, impersonated, service_account};
use google_cloud_gax::error::rpc::Code;
use google_cloud_gax::paginator::ItemPaginator;
use google_cloud_iam_admin_v1::client::Iam;
use google_cloud_iam_credentials_v1::client::IAMCredentials;
use google_cloud_logging_v2::client::LoggingServiceV2;
use google_cloud_lro::Poller;
use google_cloud_run_v2::client::Services;
use google_cloud_scheduler_v1::client::CloudScheduler;
use google_cloud_secretmanager_v1::client::SecretManagerService;
use google_cloud_storage::client::Storage;
use google_cloud_tasks_v2::client::CloudTasks;
use google_cloud_workflows_executions_v1::client::Executions;
use google_cloud_workflows_executions_v1::model::execution::State;
use google_cloud_workflows_v1::client::Workflows;

type Done = Result<(), Box<dyn Error + Send + Sync>>;

const SCOPE: &str = "https://www.googleapis.com/auth/cloud-platform";

fn told(name: &str) -> String {
    env::var(name).unwrap_or_else(|_| panic!("{name} is not set"))
}

fn project() -> String {
    told("GOOGLE_CLOUD_PROJECT")
}

fn place() -> String {
    format!("projects/{}/locations/europe-west1", project())
}

fn key() -> serde_json::Value {
    serde_json::from_str(&told("CALLER_KEY")).expect("CALLER_KEY is JSON")
}

fn require(holds: bool, what: impl Into<String>) -> Done {
    if holds { Ok(()) } else { Err(what.into().into()) }
}

/// A call that must be refused with a code.
fn refused<T>(result: Result<T, google_cloud_gax::error::Error>, code: Code) -> Done {
    match result {
        Ok(_) => Err(format!("was not refused with {code}").into()),
        Err(error) => {
            let found = error.status().map(|status| status.code);
            require(found == Some(code), format!("{code} was expected, and came {error:?}"))
        }
    }
}

async fn status(token: Option<String>) -> Result<u16, Box<dyn Error + Send + Sync>> {
    let request = reqwest::Client::new().get(told("SERVICE_URL"));
    let request = match token {
        Some(token) => request.bearer_auth(token),
        None => request,
    };
    Ok(request.send().await?.status().as_u16())
}

/// The service lets the token in, and the library's own verifier knows whose it is.
async fn check(token: String) -> Done {
    require(status(Some(token.clone())).await? == 200, "the service does not let the token in")?;
    let claims = idtoken::verifier::Builder::new([told("SERVICE_URL")]).build().verify(&token).await?;
    require(claims["email"] == told("CALLER"), "the token is of somebody else")?;
    let other = idtoken::verifier::Builder::new(["https://other.example"]).build().verify(&token).await;
    require(other.is_err(), "verified for another audience")
}

async fn no_token() -> Done {
    require(status(None).await? == 403, "a call without a token was let in")
}

async fn id_token_of_key() -> Done {
    check(idtoken::service_account::Builder::new(told("SERVICE_URL"), key()).build()?.id_token().await?).await
}

async fn id_token_of_metadata() -> Done {
    let built = idtoken::mds::Builder::new(told("SERVICE_URL")).with_format(idtoken::mds::Format::Full).build()?;
    check(built.id_token().await?).await
}

async fn id_token_of_default_credentials() -> Done {
    check(idtoken::Builder::new(told("SERVICE_URL")).with_include_email().build()?.id_token().await?).await
}

async fn id_token_by_impersonation() -> Done {
    let source = credentials::Builder::default().with_scopes([SCOPE]).build()?;
    let built = idtoken::impersonated::Builder::from_source_credentials(told("SERVICE_URL"), told("CALLER"), source);
    check(built.with_include_email().build()?.id_token().await?).await
}

/// The secret that the account of the credentials may read.
async fn read_secret(own: credentials::Credentials) -> Done {
    let client = SecretManagerService::builder().with_credentials(own).build().await?;
    let answer = client.access_secret_version().set_name(told("SECRET")).send().await?;
    let data = answer.payload.map(|payload| payload.data).unwrap_or_default();
    require(data == "sesame".as_bytes(), "the secret is another one")
}

async fn access_token_of_key() -> Done {
    read_secret(service_account::Builder::new(key()).build()?).await
}

async fn access_token_of_key_with_scopes() -> Done {
    let access = service_account::AccessSpecifier::from_scopes([SCOPE]);
    read_secret(service_account::Builder::new(key()).with_access_specifier(access).build()?).await
}

async fn access_token_by_impersonation() -> Done {
    let source = service_account::Builder::new(key()).build()?;
    let built = impersonated::Builder::from_source_credentials(source).with_target_principal(told("CALLER"));
    read_secret(built.build()?).await
}

async fn iam_credentials() -> Done {
    let own = service_account::Builder::new(key()).build()?;
    let client = IAMCredentials::builder().with_credentials(own).build().await?;
    let name = format!("projects/-/serviceAccounts/{}", told("CALLER"));
    let answer = client.generate_id_token().set_name(&name).set_audience(told("SERVICE_URL")).set_include_email(true);
    check(answer.send().await?.token).await?;
    let blob = client.sign_blob().set_name(&name).set_payload("x").send().await?;
    require(!blob.signed_blob.is_empty(), "nothing was signed")
}

async fn workflow_runs() -> Done {
    let workflow = Workflows::builder().build().await?.get_workflow().set_name(told("WORKFLOW")).send().await?;
    require(!workflow.revision_id.is_empty(), "the workflow has no revision")?;
    let client = Executions::builder().build().await?;
    let wanted = google_cloud_workflows_executions_v1::model::Execution::new().set_argument(r#"{"name": "rust"}"#);
    let mut execution = client.create_execution().set_parent(told("WORKFLOW")).set_execution(wanted).send().await?;
    for _ in 0..400 {
        if execution.state != State::Active {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
        execution = client.get_execution().set_name(&execution.name).send().await?;
    }
    require(execution.result == r#""hello rust""#, format!("the result is {}", execution.result))
}

async fn secret_manager() -> Done {
    use google_cloud_secretmanager_v1::model::{Replication, Secret, SecretPayload, replication::Automatic};
    let client = SecretManagerService::builder().build().await?;
    let parent = format!("projects/{}", project());
    let create = || {
        let secret = Secret::new().set_replication(Replication::new().set_automatic(Automatic::new()));
        client.create_secret().set_parent(&parent).set_secret_id("rust").set_secret(secret)
    };
    let made = create().send().await?;
    refused(create().send().await, Code::AlreadyExists)?;
    let payload = SecretPayload::new().set_data("one");
    let version = client.add_secret_version().set_parent(&made.name).set_payload(payload).send().await?;
    let latest = format!("{}/versions/latest", made.name);
    let read = client.access_secret_version().set_name(&latest).send().await?;
    require(read.payload.map(|each| each.data).unwrap_or_default() == "one".as_bytes(), "another value")?;
    client.disable_secret_version().set_name(&version.name).send().await?;
    let disabled = client.access_secret_version().set_name(&version.name).send().await;
    refused(disabled, Code::FailedPrecondition)?;
    let mut all = client.list_secrets().set_parent(&parent).set_page_size(1).by_item();
    let mut found = false;
    while let Some(secret) = all.next().await {
        found |= secret?.name == made.name;
    }
    require(found, "the secret is not listed")?;
    client.delete_secret().set_name(&made.name).send().await?;
    refused(client.get_secret().set_name(&made.name).send().await, Code::NotFound)
}

async fn tasks() -> Done {
    use google_cloud_tasks_v2::model::{HttpRequest, OidcToken, Queue, Task};
    let client = CloudTasks::builder().build().await?;
    let queue = Queue::new().set_name(format!("{}/queues/rust", place()));
    let made = client.create_queue().set_parent(place()).set_queue(queue).send().await?;
    client.pause_queue().set_name(&made.name).send().await?;
    let token = OidcToken::new().set_service_account_email(told("CALLER"));
    let target = HttpRequest::new().set_url(format!("{}/rust", told("SERVICE_URL"))).set_oidc_token(token);
    let wanted = Task::new().set_http_request(target);
    let task = client.create_task().set_parent(&made.name).set_task(wanted).send().await?;
    let mut listed = client.list_tasks().set_parent(&made.name).by_item();
    require(listed.next().await.transpose()?.map(|each| each.name).as_deref() == Some(&task.name), "no task")?;
    client.delete_task().set_name(&task.name).send().await?;
    client.delete_queue().set_name(&made.name).send().await?;
    refused(client.get_queue().set_name(&made.name).send().await, Code::NotFound)
}

async fn scheduler() -> Done {
    use google_cloud_scheduler_v1::model::{HttpTarget, Job, OidcToken};
    let client = CloudScheduler::builder().build().await?;
    let token = OidcToken::new().set_service_account_email(told("CALLER"));
    let target = HttpTarget::new().set_uri(format!("{}/rust", told("SERVICE_URL"))).set_oidc_token(token);
    let name = format!("{}/jobs/rust", place());
    let job = |schedule: &str| Job::new().set_name(&name).set_schedule(schedule).set_http_target(target.clone());
    client.create_job().set_parent(place()).set_job(job("0 3 * * *")).send().await?;
    let wrong = client.create_job().set_parent(place()).set_job(job("61 * * * *").set_name(format!("{name}-2")));
    refused(wrong.send().await, Code::InvalidArgument)?;
    client.pause_job().set_name(&name).send().await?;
    client.delete_job().set_name(&name).send().await?;
    refused(client.get_job().set_name(&name).send().await, Code::NotFound)
}

async fn run_service() -> Done {
    use google_cloud_run_v2::model::{Container, RevisionTemplate, Service};
    let client = Services::builder().build().await?;
    let template = RevisionTemplate::new()
        .set_service_account(told("CALLER"))
        .set_containers([Container::new().set_image("a/receiver:1")]);
    let service = Service::new().set_template(template);
    let create = client.create_service().set_parent(place()).set_service_id("rust").set_service(service);
    let made = create.poller().until_done().await?;
    require(made.uri.starts_with("https://rust-"), format!("its URL is {}", made.uri))?;
    require(reqwest::get(&made.uri).await?.status().as_u16() == 403, "a new service let in a call without a token")?;
    client.delete_service().set_name(&made.name).poller().until_done().await?;
    refused(client.get_service().set_name(&made.name).send().await, Code::NotFound)
}

async fn logging() -> Done {
    use google_cloud_logging_v2::model::LogEntry;
    let client = LoggingServiceV2::builder().build().await?;
    let name = format!("projects/{}/logs/rust", project());
    let entry = LogEntry::new().set_log_name(&name).set_text_payload("a sentence");
    client.write_log_entries().set_entries([entry]).send().await?;
    let asked = client.list_log_entries().set_resource_names([format!("projects/{}", project())]);
    let mut found = asked.set_filter("logName:rust").by_item();
    let text = found.next().await.transpose()?.and_then(|entry| entry.text_payload().cloned());
    require(text.as_deref() == Some("a sentence"), format!("{text:?} was read"))
}

async fn iam_admin() -> Done {
    let client = Iam::builder().build().await?;
    let name = format!("projects/{}", project());
    let made = client.create_service_account().set_name(&name).set_account_id("rust-robot").send().await?;
    let again = client.create_service_account().set_name(&name).set_account_id("rust-robot").send().await;
    refused(again, Code::AlreadyExists)?;
    client.delete_service_account().set_name(&made.name).send().await?;
    refused(client.get_service_account().set_name(&made.name).send().await, Code::NotFound)
}

async fn storage_objects() -> Done {
    let bucket = format!("projects/_/buckets/{}-rust", project());
    // The library makes buckets over gRPC only, which the sandbox does not serve: see `skipped` below.
    let headers = credentials::Builder::default().build()?.headers(Default::default()).await?;
    let credentials::CacheableResource::New { data, .. } = headers else {
        return Err("the credentials have no headers".into());
    };
    let url = format!("https://storage.googleapis.com/storage/v1/b?project={}", project());
    let body = format!(r#"{{"name": "{}-rust"}}"#, project());
    let made = reqwest::Client::new().post(url).headers(data).body(body).send().await?;
    require(made.status().is_success(), made.text().await?)?;
    let client = Storage::builder().build().await?;
    client.write_object(&bucket, "a/b.txt", "content").send_buffered().await?;
    let mut reader = client.read_object(&bucket, "a/b.txt").send().await?;
    let mut content = Vec::new();
    while let Some(chunk) = reader.next().await.transpose()? {
        content.extend_from_slice(&chunk);
    }
    require(content == b"content", "another content was read")?;
    let none = client.read_object(&bucket, "none").send().await;
    require(none.err().and_then(|error| error.http_status_code()) == Some(404), "an object that is not there")
}

async fn report(name: &str, sample: impl Future<Output = Done>) {
    match tokio::time::timeout(Duration::from_secs(40), sample).await {
        Ok(Ok(())) => println!("ok rust {name}"),
        Ok(Err(error)) => println!("failed rust {name}: {}", format!("{error:?}").replace('\n', " ")),
        Err(_) => println!("failed rust {name}: it has not ended within 40 seconds"),
    }
}

macro_rules! samples {
    ($($name:ident),* $(,)?) => { $(report(stringify!($name), $name()).await;)* };
}

#[tokio::main]
async fn main() {
    if env::args().nth(1).as_deref() == Some("as-caller") {
        samples!(no_token, id_token_of_key, id_token_of_metadata, id_token_of_default_credentials);
        samples!(id_token_by_impersonation, access_token_of_key, access_token_of_key_with_scopes);
        samples!(access_token_by_impersonation, iam_credentials, workflow_runs);
    } else {
        samples!(secret_manager, tasks, scheduler, run_service, logging, iam_admin, storage_objects);
        println!("skipped rust storage_control: it is over gRPC only, which the sandbox does not serve for Cloud Storage");
        println!("skipped rust pubsub: it is over gRPC only, by a transport that takes no proxy");
    }
}
