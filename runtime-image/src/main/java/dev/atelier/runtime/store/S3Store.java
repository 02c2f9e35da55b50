package dev.atelier.runtime.store;

import dev.atelier.runtime.StageFailure;
import dev.atelier.stage.StoreLocation;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** A store in an S3 bucket, below a prefix. One put is one object: readers see it whole or not. */
public final class S3Store implements ArtifactStore {

  private final S3Client client;
  private final String bucket;
  private final String root;
  private final String endpoint;
  private final Path copies;

  private S3Store(S3Client client, String bucket, String root, String endpoint, Path copies) {
    this.client = client;
    this.bucket = bucket;
    this.root = root;
    this.endpoint = endpoint;
    this.copies = copies;
  }

  static S3Store open(StoreLocation location, AwsCredentialsProvider credentials, Path copies) {
    var uri = URI.create(location.url());
    if (uri.getHost() == null) {
      throw new StageFailure.BadInput(
          "the store location '%s' names no bucket; write s3://bucket/prefix with a bucket of lower-case letters, digits and hyphens"
              .formatted(location.url()));
    }
    var builder =
        S3Client.builder()
            .httpClient(UrlConnectionHttpClient.create())
            .credentialsProvider(credentials)
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .region(Region.of(location.region() == null ? "us-east-1" : location.region()));
    if (location.endpoint() != null) {
      builder.endpointOverride(URI.create(location.endpoint())).forcePathStyle(true);
    }
    var path = uri.getPath().replaceAll("^/+|/+$", "");
    var endpoint = location.endpoint() == null ? "AWS" : location.endpoint();
    return new S3Store(
        builder.build(), uri.getHost(), path.isEmpty() ? "" : path + "/", endpoint, copies);
  }

  @Override
  public void put(String key, byte[] content) {
    calling(
        "write " + key,
        () ->
            client.putObject(
                request -> request.bucket(bucket).key(object(key)),
                RequestBody.fromBytes(content)));
  }

  @Override
  public void put(String key, Path file) {
    calling(
        "write " + key,
        () ->
            client.putObject(
                request -> request.bucket(bucket).key(object(key)), RequestBody.fromFile(file)));
  }

  @Override
  public Optional<byte[]> read(String key) {
    return calling(
        "read " + key,
        () -> {
          try {
            return Optional.of(
                client
                    .getObjectAsBytes(request -> request.bucket(bucket).key(object(key)))
                    .asByteArray());
          } catch (NoSuchKeyException e) {
            return Optional.empty();
          }
        });
  }

  @Override
  public Optional<Path> local(String key) {
    var copy = copies.resolve(ArtifactStore.checked(key));
    return calling(
        "read " + key,
        () -> {
          try {
            Files.createDirectories(copy.resolveSibling("."));
            Files.deleteIfExists(copy);
            client.getObject(request -> request.bucket(bucket).key(object(key)), copy);
            return Optional.of(copy);
          } catch (NoSuchKeyException e) {
            return Optional.empty();
          } catch (IOException e) {
            throw new StageFailure.StorageUnavailable(
                "cannot keep a copy of %s in %s: %s".formatted(key, copies, e.getMessage()), e);
          }
        });
  }

  @Override
  public List<Entry> list(String prefix) {
    var start = prefix.isEmpty() ? root : object(prefix) + "/";
    return calling(
        "list " + prefix,
        () ->
            client
                .listObjectsV2Paginator(request -> request.bucket(bucket).prefix(start))
                .contents()
                .stream()
                .filter(object -> !object.key().endsWith("/"))
                .map(object -> new Entry(object.key().substring(root.length()), object.size()))
                .sorted(Comparator.comparing(Entry::key))
                .toList());
  }

  @Override
  public void delete(String prefix) {
    for (var entry : list(prefix)) {
      calling(
          "delete " + entry.key(),
          () -> client.deleteObject(request -> request.bucket(bucket).key(object(entry.key()))));
    }
  }

  @Override
  public String describe() {
    return "s3://" + bucket + "/" + root;
  }

  private String object(String key) {
    return root + ArtifactStore.checked(key);
  }

  private <T> T calling(String action, Supplier<T> call) {
    try {
      return call.get();
    } catch (S3Exception e) {
      throw new StageFailure.StorageUnavailable(
          "cannot %s in %s: the server answered %d %s; check the bucket's name, its policy and the keys of credentialsSecretRef"
              .formatted(action, describe(), e.statusCode(), code(e)),
          e);
    } catch (SdkException e) {
      throw new StageFailure.StorageUnavailable(
          "cannot %s in %s: %s; check the endpoint %s and that the pod may reach it"
              .formatted(action, describe(), e.getMessage(), endpoint),
          e);
    }
  }

  private static String code(S3Exception e) {
    return e.awsErrorDetails() == null
        ? String.valueOf(e.getMessage())
        : e.awsErrorDetails().errorCode();
  }
}
