import com.google.api.gax.rpc.ApiException;
import com.google.api.gax.rpc.StatusCode;
import com.google.cloud.Identity;
import com.google.cloud.logging.LogEntry;
import com.google.cloud.logging.Logging;
import com.google.cloud.logging.LoggingOptions;
import com.google.cloud.logging.Payload;
import com.google.cloud.logging.Severity;
import com.google.cloud.iam.admin.v1.IAMClient;
import com.google.cloud.iam.credentials.v1.IamCredentialsClient;
import com.google.cloud.pubsub.v1.AckReplyConsumer;
import com.google.cloud.pubsub.v1.Publisher;
import com.google.cloud.pubsub.v1.Subscriber;
import com.google.cloud.pubsub.v1.SubscriptionAdminClient;
import com.google.cloud.pubsub.v1.TopicAdminClient;
import com.google.cloud.resourcemanager.v3.ProjectsClient;
import com.google.cloud.scheduler.v1.CloudSchedulerClient;
import com.google.cloud.scheduler.v1.HttpTarget;
import com.google.cloud.scheduler.v1.Job;
import com.google.cloud.secretmanager.v1.Replication;
import com.google.cloud.secretmanager.v1.Secret;
import com.google.cloud.secretmanager.v1.SecretManagerServiceClient;
import com.google.cloud.secretmanager.v1.SecretPayload;
import com.google.cloud.secretmanager.v1.SecretVersion;
import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Bucket;
import com.google.cloud.storage.BucketInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageException;
import com.google.cloud.storage.StorageOptions;
import com.google.cloud.tasks.v2.CloudTasksClient;
import com.google.cloud.tasks.v2.HttpRequest;
import com.google.cloud.tasks.v2.Queue;
import com.google.cloud.tasks.v2.Task;
import com.google.devtools.artifactregistry.v1.ArtifactRegistryClient;
import com.google.devtools.artifactregistry.v1.Repository;
import com.google.iam.admin.v1.CreateServiceAccountRequest;
import com.google.iam.admin.v1.ServiceAccount;
import com.google.protobuf.ByteString;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.PushConfig;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What Google's libraries for Java do with the services of a sandbox, as the owner of its project. Each line tells how one
 * sample ended. Each client is made as its documentation makes it, so that it takes its library's own transport. Run by
 * scripts/clients.cjs, told by its environment what is there.
 */
public class Samples {
    static final String PROJECT = System.getenv("GOOGLE_CLOUD_PROJECT");
    static final String PLACE = "projects/" + PROJECT + "/locations/europe-west1";
    static final String SERVICE = System.getenv("SERVICE_URL");
    static final String CALLER = System.getenv("CALLER");

    interface Sample {
        void run() throws Exception;
    }

    public static void main(String[] args) {
        Map<String, Sample> samples = new LinkedHashMap<>();
        samples.put("storage_bucket_and_object", Samples::bucketAndObject);
        samples.put("storage_large_object_in_parts", Samples::largeObject);
        samples.put("storage_bucket_policy", Samples::bucketPolicy);
        samples.put("secret_manager", Samples::secretManager);
        samples.put("pubsub_publish_receive", Samples::receive);
        samples.put("pubsub_nack_comes_again_at_once", Samples::nack);
        samples.put("tasks", Samples::tasks);
        samples.put("scheduler", Samples::scheduler);
        samples.put("logging_write_and_read", Samples::logging);
        samples.put("iam_accounts", Samples::accounts);
        samples.put("iam_credentials_refused", Samples::credentials);
        samples.put("resource_manager", Samples::project);
        samples.put("artifact_registry", Samples::repositories);
        samples.forEach((name, sample) -> {
            try {
                sample.run();
                System.out.println("ok java " + name);
            } catch (Throwable error) {
                String first = String.valueOf(error).replace('\n', ' ');
                System.out.println("failed java " + name + ": " + first);
            }
        });
        System.out.println("skipped java cloud_run: pom.xml does not name its library; Go and Node try Cloud Run");
        System.exit(0);
    }

    static void require(boolean holds, String message) {
        if (!holds) throw new AssertionError(message);
    }

    static void refused(StatusCode.Code code, Sample call) throws Exception {
        try {
            call.run();
        } catch (ApiException error) {
            require(error.getStatusCode().getCode() == code, code + " was expected, and came " + error);
            return;
        }
        throw new AssertionError("it was not refused with " + code);
    }

    static void refused(int status, Sample call) throws Exception {
        try {
            call.run();
        } catch (StorageException error) {
            require(error.getCode() == status, status + " was expected, and came " + error);
            return;
        }
        throw new AssertionError("it was not refused with " + status);
    }

    static Storage storage() {
        return StorageOptions.getDefaultInstance().getService();
    }

    static void bucketAndObject() throws Exception {
        String name = PROJECT + "-java";
        Bucket bucket = storage().create(BucketInfo.newBuilder(name).setLocation("EU").build());
        refused(409, () -> storage().create(BucketInfo.of(name)));
        Blob blob = bucket.create("a/b.txt", "content".getBytes(StandardCharsets.UTF_8), "text/plain");
        require(new String(blob.getContent(), StandardCharsets.UTF_8).equals("content"), "another content");
        blob.toBuilder().setMetadata(Map.of("a", "b")).build().update();
        require("b".equals(storage().get(name, "a/b.txt").getMetadata().get("a")), "no metadata");
        refused(412, () -> storage().create(
            BlobInfo.newBuilder(name, "a/b.txt").build(), new byte[1], Storage.BlobTargetOption.doesNotExist()));
        Blob copy = blob.copyTo(name, "copy.txt").getResult();
        List<String> names = new ArrayList<>();
        bucket.list().iterateAll().forEach(each -> names.add(each.getName()));
        require(names.equals(List.of("a/b.txt", "copy.txt")), "the bucket has " + names);
        require(copy.delete() && storage().delete(name, "a/b.txt") && bucket.delete(), "something was not there");
        require(storage().get(name) == null, "the bucket is still there");
    }

    static void largeObject() throws Exception {
        String name = PROJECT + "-java-large";
        Bucket bucket = storage().create(BucketInfo.of(name));
        byte[] content = new byte[3_000_000];
        try (var writer = storage().writer(BlobInfo.newBuilder(name, "large").build())) {
            writer.setChunkSize(262_144);
            writer.write(java.nio.ByteBuffer.wrap(content));
        }
        require(storage().readAllBytes(name, "large").length == content.length, "it has another size");
        storage().delete(name, "large");
        bucket.delete();
    }

    static void bucketPolicy() throws Exception {
        String name = PROJECT + "-java-policy";
        Bucket bucket = storage().create(BucketInfo.of(name));
        var policy = storage().getIamPolicy(name);
        var owners = policy.getBindings().get(com.google.cloud.storage.StorageRoles.legacyBucketOwner());
        require(owners != null && owners.contains(Identity.projectOwner(PROJECT)), "its owners are " + owners);
        var role = com.google.cloud.storage.StorageRoles.objectViewer();
        storage().setIamPolicy(name, policy.toBuilder().addIdentity(role, Identity.serviceAccount(CALLER)).build());
        require(storage().getIamPolicy(name).getBindings().containsKey(role), "the role was not granted");
        bucket.delete();
    }

    static void secretManager() throws Exception {
        try (SecretManagerServiceClient client = SecretManagerServiceClient.create()) {
            Replication automatic =
                Replication.newBuilder().setAutomatic(Replication.Automatic.newBuilder()).build();
            Secret wanted = Secret.newBuilder().setReplication(automatic).build();
            Secret secret = client.createSecret("projects/" + PROJECT, "java", wanted);
            refused(StatusCode.Code.ALREADY_EXISTS, () -> client.createSecret("projects/" + PROJECT, "java", wanted));
            SecretPayload payload = SecretPayload.newBuilder().setData(ByteString.copyFromUtf8("one")).build();
            SecretVersion version = client.addSecretVersion(secret.getName(), payload);
            String data = client.accessSecretVersion(secret.getName() + "/versions/latest").getPayload().getData().toStringUtf8();
            require(data.equals("one"), "the value is " + data);
            client.disableSecretVersion(version.getName());
            refused(StatusCode.Code.FAILED_PRECONDITION, () -> client.accessSecretVersion(version.getName()));
            client.deleteSecret(secret.getName());
            refused(StatusCode.Code.NOT_FOUND, () -> client.getSecret(secret.getName()));
        }
    }

    /** Publishes a message, and gives each arrival of it to a receiver until the latch is open. */
    static void subscribe(String id, CountDownLatch latch, com.google.cloud.pubsub.v1.MessageReceiver receiver)
        throws Exception {
        String topic = "projects/" + PROJECT + "/topics/" + id;
        String subscription = "projects/" + PROJECT + "/subscriptions/" + id;
        try (TopicAdminClient topics = TopicAdminClient.create();
            SubscriptionAdminClient subscriptions = SubscriptionAdminClient.create()) {
            topics.createTopic(topic);
            refused(StatusCode.Code.ALREADY_EXISTS, () -> topics.createTopic(topic));
            subscriptions.createSubscription(subscription, topic, PushConfig.getDefaultInstance(), 60);
            Publisher publisher = Publisher.newBuilder(topic).build();
            publisher.publish(PubsubMessage.newBuilder().setData(ByteString.copyFromUtf8("hello")).build()).get();
            publisher.shutdown();
            Subscriber subscriber = Subscriber.newBuilder(subscription, receiver).build();
            subscriber.startAsync().awaitRunning();
            boolean done = latch.await(20, TimeUnit.SECONDS);
            subscriber.stopAsync().awaitTerminated(20, TimeUnit.SECONDS);
            require(done, "the message has not come often enough within 20 seconds");
            subscriptions.deleteSubscription(subscription);
            topics.deleteTopic(topic);
        }
    }

    static void receive() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        List<String> texts = Collections.synchronizedList(new ArrayList<>());
        subscribe("java-pull", arrived, (PubsubMessage message, AckReplyConsumer reply) -> {
            texts.add(message.getData().toStringUtf8());
            reply.ack();
            arrived.countDown();
        });
        require(texts.equals(List.of("hello")), "these came: " + texts);
    }

    static void nack() throws Exception {
        CountDownLatch arrived = new CountDownLatch(2);
        subscribe("java-nack", arrived, (PubsubMessage message, AckReplyConsumer reply) -> {
            if (arrived.getCount() == 2) reply.nack();
            else reply.ack();
            arrived.countDown();
        });
    }

    static void tasks() throws Exception {
        try (CloudTasksClient client = CloudTasksClient.create()) {
            Queue queue = client.createQueue(PLACE, Queue.newBuilder().setName(PLACE + "/queues/java").build());
            client.pauseQueue(queue.getName());
            HttpRequest target = HttpRequest.newBuilder().setUrl(SERVICE + "/java").build();
            Task task = client.createTask(queue.getName(), Task.newBuilder().setHttpRequest(target).build());
            List<String> names = new ArrayList<>();
            client.listTasks(queue.getName()).iterateAll().forEach(each -> names.add(each.getName()));
            require(names.equals(List.of(task.getName())), "the queue has " + names);
            client.deleteTask(task.getName());
            client.deleteQueue(queue.getName());
            refused(StatusCode.Code.NOT_FOUND, () -> client.getQueue(queue.getName()));
        }
    }

    static void scheduler() throws Exception {
        try (CloudSchedulerClient client = CloudSchedulerClient.create()) {
            HttpTarget target = HttpTarget.newBuilder().setUri(SERVICE + "/java").build();
            Job.Builder job = Job.newBuilder().setName(PLACE + "/jobs/java").setHttpTarget(target);
            Job made = client.createJob(PLACE, job.setSchedule("0 3 * * *").build());
            refused(StatusCode.Code.INVALID_ARGUMENT, () -> client.createJob(
                PLACE, job.setName(PLACE + "/jobs/java-2").setSchedule("never").build()));
            require(client.pauseJob(made.getName()).getState() == Job.State.PAUSED, "it is not paused");
            client.deleteJob(made.getName());
        }
    }

    static void logging() throws Exception {
        try (Logging client = LoggingOptions.getDefaultInstance().getService()) {
            client.write(List.of(LogEntry.newBuilder(Payload.StringPayload.of("a sentence"))
                .setLogName("java").setSeverity(Severity.WARNING).build()));
            client.flush();
            var found = client.listLogEntries(Logging.EntryListOption.filter("logName:\"java\" AND severity=WARNING"));
            List<Object> texts = new ArrayList<>();
            found.iterateAll().forEach(entry -> texts.add(entry.getPayload().getData()));
            require(texts.equals(List.of("a sentence")), "these were read: " + texts);
            require(client.deleteLog("java"), "the log was not there");
        }
    }

    static void accounts() throws Exception {
        try (IAMClient client = IAMClient.create()) {
            ServiceAccount made = client.createServiceAccount(
                CreateServiceAccountRequest.newBuilder().setName("projects/" + PROJECT).setAccountId("java-robot").build());
            require(made.getEmail().startsWith("java-robot@"), "its address is " + made.getEmail());
            client.deleteServiceAccount(made.getName());
            refused(StatusCode.Code.NOT_FOUND, () -> client.getServiceAccount(made.getName()));
        }
    }

    static void credentials() throws Exception {
        try (IamCredentialsClient client = IamCredentialsClient.create()) {
            String robot = "projects/-/serviceAccounts/service-123456789012@gcp-sa-pubsub.iam.gserviceaccount.com";
            refused(StatusCode.Code.PERMISSION_DENIED, () -> client.generateIdToken(robot, List.of(), SERVICE, true));
        }
    }

    static void project() throws Exception {
        try (ProjectsClient client = ProjectsClient.create()) {
            require(client.getProject("projects/" + PROJECT).getProjectId().equals(PROJECT), "another project");
            refused(StatusCode.Code.PERMISSION_DENIED, () -> client.getProject("projects/not-my-project"));
        }
    }

    static void repositories() throws Exception {
        try (ArtifactRegistryClient client = ArtifactRegistryClient.create()) {
            Repository docker = Repository.newBuilder().setFormat(Repository.Format.DOCKER).build();
            Repository made = client.createRepositoryAsync(PLACE, docker, "java").get(30, TimeUnit.SECONDS);
            client.deleteRepositoryAsync(made.getName()).get(30, TimeUnit.SECONDS);
            refused(StatusCode.Code.NOT_FOUND, () -> client.getRepository(made.getName()));
        }
    }
}
