package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"time"

	artifactregistry "cloud.google.com/go/artifactregistry/apiv1"
	"cloud.google.com/go/artifactregistry/apiv1/artifactregistrypb"
	cloudtasks "cloud.google.com/go/cloudtasks/apiv2"
	"cloud.google.com/go/cloudtasks/apiv2/cloudtaskspb"
	credentials "cloud.google.com/go/iam/credentials/apiv1"
	"cloud.google.com/go/iam/credentials/apiv1/credentialspb"
	"cloud.google.com/go/logging"
	"cloud.google.com/go/logging/logadmin"
	"cloud.google.com/go/pubsub/v2"
	"cloud.google.com/go/pubsub/v2/apiv1/pubsubpb"
	resourcemanager "cloud.google.com/go/resourcemanager/apiv3"
	"cloud.google.com/go/resourcemanager/apiv3/resourcemanagerpb"
	run "cloud.google.com/go/run/apiv2"
	"cloud.google.com/go/run/apiv2/runpb"
	scheduler "cloud.google.com/go/scheduler/apiv1"
	"cloud.google.com/go/scheduler/apiv1/schedulerpb"
	secretmanager "cloud.google.com/go/secretmanager/apiv1"
	"cloud.google.com/go/secretmanager/apiv1/secretmanagerpb"
	"cloud.google.com/go/storage"
	"google.golang.org/api/googleapi"
	"google.golang.org/api/iam/v1"
	"google.golang.org/api/idtoken"
	"google.golang.org/api/iterator"
	"google.golang.org/api/option"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/types/known/fieldmaskpb"
)

var (
	project = os.Getenv("GOOGLE_CLOUD_PROJECT")
	place   = "projects/" + project + "/locations/europe-west1"
)

// What each sample does, as the owner of the project. Each client is made as its documentation makes it, so that it takes
// its library's own transport.
var samples = []struct {
	name string
	run  func() error
}{
	{"secret_manager", secretManager},
	{"pubsub_publish_receive", pubsubReceive},
	{"pubsub_nack_comes_again_at_once", pubsubNack},
	{"tasks", tasks},
	{"scheduler", schedule},
	{"run_services", runServices},
	{"storage_buckets_and_objects", storageObjects},
	{"storage_signed_url", storageSignedURL},
	{"logging_write_and_read", writeAndReadLogs},
	{"iam_accounts_and_keys", accountsAndKeys},
	{"iam_credentials_refused", credentialsRefused},
	{"resource_manager_policy", projectPolicy},
	{"artifact_registry", repositories},
	{"idtoken_key_client", keyClient},
}

// Prints how each sample ended.
func runSamples() {
	for _, sample := range samples {
		report(sample.name, sample.run())
	}
}

// Prints how a sample ended, as scripts/clients-languages.cjs reads it.
func report(name string, err error) {
	if err != nil {
		fmt.Printf("failed go %s: %s\n", name, strings.ReplaceAll(err.Error(), "\n", " "))
	} else {
		fmt.Printf("ok go %s\n", name)
	}
}

// A call that must be refused with a code.
func refused(err error, code codes.Code) error {
	if status.Code(err) != code {
		return fmt.Errorf("%v was expected, and came %v", code, err)
	}
	return nil
}

func require(holds bool, what string, found ...any) error {
	if holds {
		return nil
	}
	return fmt.Errorf(what, found...)
}

func secretManager() error {
	client, err := secretmanager.NewClient(ctx)
	if err != nil {
		return err
	}
	defer client.Close()
	create := &secretmanagerpb.CreateSecretRequest{
		Parent:   "projects/" + project,
		SecretId: "go",
		Secret: &secretmanagerpb.Secret{Replication: &secretmanagerpb.Replication{
			Replication: &secretmanagerpb.Replication_Automatic_{Automatic: &secretmanagerpb.Replication_Automatic{}},
		}},
	}
	made, err := client.CreateSecret(ctx, create)
	if err != nil {
		return err
	}
	_, again := client.CreateSecret(ctx, create)
	version, err := client.AddSecretVersion(ctx, &secretmanagerpb.AddSecretVersionRequest{
		Parent: made.Name, Payload: &secretmanagerpb.SecretPayload{Data: []byte("one")},
	})
	if err != nil {
		return err
	}
	_, err = client.UpdateSecret(ctx, &secretmanagerpb.UpdateSecretRequest{
		Secret:     &secretmanagerpb.Secret{Name: made.Name, Labels: map[string]string{"a": "b"}},
		UpdateMask: &fieldmaskpb.FieldMask{Paths: []string{"labels"}},
	})
	if err != nil {
		return err
	}
	read, err := client.AccessSecretVersion(ctx, &secretmanagerpb.AccessSecretVersionRequest{Name: made.Name + "/versions/latest"})
	if err != nil {
		return err
	}
	_, err = client.DestroySecretVersion(ctx, &secretmanagerpb.DestroySecretVersionRequest{Name: version.Name})
	if err != nil {
		return err
	}
	_, destroyed := client.AccessSecretVersion(ctx, &secretmanagerpb.AccessSecretVersionRequest{Name: version.Name})
	return errors.Join(
		refused(again, codes.AlreadyExists),
		refused(destroyed, codes.FailedPrecondition),
		require(string(read.Payload.Data) == "one", "the value is %q", read.Payload.Data),
		client.DeleteSecret(ctx, &secretmanagerpb.DeleteSecretRequest{Name: made.Name}),
	)
}

// A topic with a subscription, and what takes both down.
func withTopic(id string, use func(client *pubsub.Client, topic, subscription string) error) error {
	client, err := pubsub.NewClient(ctx, project)
	if err != nil {
		return err
	}
	defer client.Close()
	topic := fmt.Sprintf("projects/%s/topics/%s", project, id)
	subscription := fmt.Sprintf("projects/%s/subscriptions/%s", project, id)
	if _, err := client.TopicAdminClient.CreateTopic(ctx, &pubsubpb.Topic{Name: topic}); err != nil {
		return err
	}
	wanted := &pubsubpb.Subscription{Name: subscription, Topic: topic, AckDeadlineSeconds: 60}
	if _, err := client.SubscriptionAdminClient.CreateSubscription(ctx, wanted); err != nil {
		return err
	}
	_, again := client.TopicAdminClient.CreateTopic(ctx, &pubsubpb.Topic{Name: topic})
	return errors.Join(
		refused(again, codes.AlreadyExists),
		use(client, topic, subscription),
		client.SubscriptionAdminClient.DeleteSubscription(ctx, &pubsubpb.DeleteSubscriptionRequest{Subscription: subscription}),
		client.TopicAdminClient.DeleteTopic(ctx, &pubsubpb.DeleteTopicRequest{Topic: topic}),
	)
}

func pubsubReceive() error {
	return withTopic("go-pull", func(client *pubsub.Client, topic, subscription string) error {
		publisher := client.Publisher(topic)
		defer publisher.Stop()
		if _, err := publisher.Publish(ctx, &pubsub.Message{Data: []byte("hello")}).Get(ctx); err != nil {
			return err
		}
		until, cancel := context.WithTimeout(ctx, 20*time.Second)
		defer cancel()
		var data string
		err := client.Subscriber(subscription).Receive(until, func(_ context.Context, message *pubsub.Message) {
			data = string(message.Data)
			message.Ack()
			cancel()
		})
		return errors.Join(err, require(data == "hello", "the data is %q", data))
	})
}

func pubsubNack() error {
	return withTopic("go-nack", func(client *pubsub.Client, topic, subscription string) error {
		publisher := client.Publisher(topic)
		defer publisher.Stop()
		if _, err := publisher.Publish(ctx, &pubsub.Message{Data: []byte("again")}).Get(ctx); err != nil {
			return err
		}
		until, cancel := context.WithTimeout(ctx, 20*time.Second)
		defer cancel()
		arrivals := make(chan *pubsub.Message, 8)
		err := client.Subscriber(subscription).Receive(until, func(_ context.Context, message *pubsub.Message) {
			arrivals <- message
			if len(arrivals) == 1 {
				message.Nack()
				return
			}
			message.Ack()
			cancel()
		})
		return errors.Join(err, require(len(arrivals) == 2, "it arrived %d times before its deadline", len(arrivals)))
	})
}

func tasks() error {
	client, err := cloudtasks.NewClient(ctx)
	if err != nil {
		return err
	}
	defer client.Close()
	queue, err := client.CreateQueue(ctx, &cloudtaskspb.CreateQueueRequest{
		Parent: place, Queue: &cloudtaskspb.Queue{Name: place + "/queues/go"},
	})
	if err != nil {
		return err
	}
	if _, err := client.PauseQueue(ctx, &cloudtaskspb.PauseQueueRequest{Name: queue.Name}); err != nil {
		return err
	}
	target := &cloudtaskspb.HttpRequest{Url: service + "/go", HttpMethod: cloudtaskspb.HttpMethod_POST}
	task, err := client.CreateTask(ctx, &cloudtaskspb.CreateTaskRequest{
		Parent: queue.Name,
		Task:   &cloudtaskspb.Task{MessageType: &cloudtaskspb.Task_HttpRequest{HttpRequest: target}},
	})
	if err != nil {
		return err
	}
	listed, err := client.ListTasks(ctx, &cloudtaskspb.ListTasksRequest{Parent: queue.Name}).Next()
	if err != nil {
		return err
	}
	return errors.Join(
		require(listed.Name == task.Name, "%s is listed", listed.Name),
		client.DeleteTask(ctx, &cloudtaskspb.DeleteTaskRequest{Name: task.Name}),
		client.DeleteQueue(ctx, &cloudtaskspb.DeleteQueueRequest{Name: queue.Name}),
	)
}

func schedule() error {
	client, err := scheduler.NewCloudSchedulerClient(ctx)
	if err != nil {
		return err
	}
	defer client.Close()
	job := func(id, schedule string) *schedulerpb.CreateJobRequest {
		target := &schedulerpb.HttpTarget{Uri: service + "/go"}
		return &schedulerpb.CreateJobRequest{Parent: place, Job: &schedulerpb.Job{
			Name: place + "/jobs/" + id, Schedule: schedule, Target: &schedulerpb.Job_HttpTarget{HttpTarget: target},
		}}
	}
	made, err := client.CreateJob(ctx, job("go", "0 3 * * *"))
	if err != nil {
		return err
	}
	_, wrong := client.CreateJob(ctx, job("go-wrong", "0 3 * *"))
	paused, err := client.PauseJob(ctx, &schedulerpb.PauseJobRequest{Name: made.Name})
	if err != nil {
		return err
	}
	return errors.Join(
		refused(wrong, codes.InvalidArgument),
		require(paused.State == schedulerpb.Job_PAUSED, "its state is %v", paused.State),
		client.DeleteJob(ctx, &schedulerpb.DeleteJobRequest{Name: made.Name}),
	)
}

func runServices() error {
	client, err := run.NewServicesClient(ctx)
	if err != nil {
		return err
	}
	defer client.Close()
	template := &runpb.RevisionTemplate{ServiceAccount: caller, Containers: []*runpb.Container{{Image: "a/receiver:1"}}}
	create, err := client.CreateService(ctx, &runpb.CreateServiceRequest{
		Parent: place, ServiceId: "go", Service: &runpb.Service{Template: template},
	})
	if err != nil {
		return err
	}
	made, err := create.Wait(ctx)
	if err != nil {
		return err
	}
	answer, err := http.Get(made.Uri)
	if err != nil {
		return err
	}
	answer.Body.Close()
	gone, err := client.DeleteService(ctx, &runpb.DeleteServiceRequest{Name: made.Name})
	if err != nil {
		return err
	}
	_, err = gone.Wait(ctx)
	_, missing := client.GetService(ctx, &runpb.GetServiceRequest{Name: made.Name})
	return errors.Join(
		err,
		require(answer.StatusCode == 403, "a call without a token was answered %d", answer.StatusCode),
		refused(missing, codes.NotFound),
	)
}

// A bucket with an object, and what takes both down.
func withBucket(name string, use func(client *storage.Client, object *storage.ObjectHandle) error) error {
	client, err := storage.NewClient(ctx)
	if err != nil {
		return err
	}
	defer client.Close()
	bucket := client.Bucket(name)
	if err := bucket.Create(ctx, project, &storage.BucketAttrs{Location: "EU"}); err != nil {
		return err
	}
	object := bucket.Object("a/b.txt")
	writer := object.NewWriter(ctx)
	if _, err := io.Copy(writer, strings.NewReader("content")); err != nil {
		return err
	}
	if err := writer.Close(); err != nil {
		return err
	}
	return errors.Join(use(client, object), object.Delete(ctx), bucket.Delete(ctx))
}

func storageObjects() error {
	return withBucket(project+"-go", func(client *storage.Client, object *storage.ObjectHandle) error {
		reader, err := object.NewRangeReader(ctx, 1, 3)
		if err != nil {
			return err
		}
		defer reader.Close()
		content, err := io.ReadAll(reader)
		if err != nil {
			return err
		}
		copied := client.Bucket(project + "-go").Object("copy.txt")
		if _, err := copied.CopierFrom(object).Run(ctx); err != nil {
			return err
		}
		once := object.If(storage.Conditions{DoesNotExist: true}).NewWriter(ctx)
		fmt.Fprint(once, "other")
		var failure *googleapi.Error
		there := errors.As(once.Close(), &failure) && failure.Code == 412
		policy, err := client.Bucket(project + "-go").IAM().Policy(ctx)
		if err != nil {
			return err
		}
		owners := policy.Members("roles/storage.legacyBucketOwner")
		_, err = client.Bucket(project + "-go").Objects(ctx, &storage.Query{Prefix: "none/"}).Next()
		return errors.Join(
			require(string(content) == "ont", "the range is %q", content),
			require(there, "an object was written again"),
			require(len(owners) == 2, "its owners are %v", owners),
			require(errors.Is(err, iterator.Done), "an empty list gave %v", err),
			copied.Delete(ctx),
		)
	})
}

func storageSignedURL() error {
	return withBucket(project+"-go-signed", func(client *storage.Client, object *storage.ObjectHandle) error {
		account, err := client.ServiceAccount(ctx, project)
		if err != nil {
			return err
		}
		own, err := storage.NewClient(ctx, option.WithAuthCredentialsJSON(option.ServiceAccount, key))
		if err != nil {
			return err
		}
		defer own.Close()
		url, err := own.Bucket(object.BucketName()).SignedURL(object.ObjectName(), &storage.SignedURLOptions{
			Method: "GET", Scheme: storage.SigningSchemeV4, Expires: time.Now().Add(time.Minute),
		})
		if err != nil {
			return err
		}
		before, err := http.Get(url)
		if err != nil {
			return err
		}
		before.Body.Close()
		return errors.Join(
			require(strings.Contains(account, "gs-project-accounts"), "its account is %s", account),
			require(before.StatusCode == 403, "an account without a grant read by a signed URL: %d", before.StatusCode),
		)
	})
}

func writeAndReadLogs() error {
	client, err := logging.NewClient(ctx, project)
	if err != nil {
		return err
	}
	client.Logger("go").Log(logging.Entry{Payload: "a sentence", Severity: logging.Warning})
	if err := client.Close(); err != nil {
		return err
	}
	reader, err := logadmin.NewClient(ctx, project)
	if err != nil {
		return err
	}
	defer reader.Close()
	entry, err := reader.Entries(ctx, logadmin.Filter(fmt.Sprintf(`logName="projects/%s/logs/go" AND severity=WARNING`, project))).Next()
	if err != nil {
		return err
	}
	logs := reader.Logs(ctx)
	for {
		name, err := logs.Next()
		if err != nil {
			return err
		}
		if name == "go" {
			break
		}
	}
	return errors.Join(require(entry.Payload == "a sentence", "%v was read", entry.Payload), reader.DeleteLog(ctx, "go"))
}

func accountsAndKeys() error {
	client, err := iam.NewService(ctx)
	if err != nil {
		return err
	}
	accounts := client.Projects.ServiceAccounts
	made, err := accounts.Create("projects/"+project, &iam.CreateServiceAccountRequest{AccountId: "go-robot"}).Do()
	if err != nil {
		return err
	}
	private, err := accounts.Keys.Create(made.Name, &iam.CreateServiceAccountKeyRequest{}).Do()
	if err != nil {
		return err
	}
	_, err = accounts.Keys.Delete(private.Name).Do()
	_, gone := accounts.Delete(made.Name).Do()
	_, missing := accounts.Get(made.Name).Do()
	var failure *googleapi.Error
	return errors.Join(err, gone, require(errors.As(missing, &failure) && failure.Code == 404, "came %v", missing))
}

func credentialsRefused() error {
	client, err := credentials.NewIamCredentialsClient(ctx)
	if err != nil {
		return err
	}
	defer client.Close()
	none := "projects/-/serviceAccounts/none@" + project + ".iam.gserviceaccount.com"
	_, err = client.GenerateIdToken(ctx, &credentialspb.GenerateIdTokenRequest{Name: none, Audience: service})
	return require(err != nil && status.Code(err) != codes.Internal, "came %v", err)
}

func projectPolicy() error {
	client, err := resourcemanager.NewProjectsClient(ctx)
	if err != nil {
		return err
	}
	defer client.Close()
	found, err := client.GetProject(ctx, &resourcemanagerpb.GetProjectRequest{Name: "projects/" + project})
	if err != nil {
		return err
	}
	_, missing := client.GetProject(ctx, &resourcemanagerpb.GetProjectRequest{Name: "projects/not-my-project"})
	return errors.Join(
		require(found.ProjectId == project, "the project is %s", found.ProjectId),
		refused(missing, codes.PermissionDenied),
	)
}

func repositories() error {
	client, err := artifactregistry.NewClient(ctx)
	if err != nil {
		return err
	}
	defer client.Close()
	create, err := client.CreateRepository(ctx, &artifactregistrypb.CreateRepositoryRequest{
		Parent: place, RepositoryId: "go", Repository: &artifactregistrypb.Repository{Format: artifactregistrypb.Repository_DOCKER},
	})
	if err != nil {
		return err
	}
	made, err := create.Wait(ctx)
	if err != nil {
		return err
	}
	gone, err := client.DeleteRepository(ctx, &artifactregistrypb.DeleteRepositoryRequest{Name: made.Name})
	if err != nil {
		return err
	}
	return gone.Wait(ctx)
}

func keyClient() error {
	// Google's sample sends the URL with a slash.
	client, err := idtoken.NewClient(ctx, service+"/", option.WithAuthCredentialsJSON(option.ServiceAccount, key))
	if err != nil {
		return err
	}
	answer, err := client.Post(service+"/go", "text/plain", bytes.NewReader([]byte("go")))
	if err != nil {
		return err
	}
	answer.Body.Close()
	return require(answer.StatusCode == 200, "the service answered %d", answer.StatusCode)
}
