package dev.atelier.e2e;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The S3 server of {@code object-store.yaml}, from outside the cluster. */
final class ObjectStore implements AutoCloseable {

  static final String USER = "atelier";
  static final String PASSWORD = "only-for-tests";

  private final S3Client client;

  /**
   * @param address of its pod
   */
  ObjectStore(String address) {
    client =
        S3Client.builder()
            .endpointOverride(URI.create("http://%s:7070".formatted(address)))
            .forcePathStyle(true)
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create(USER, PASSWORD)))
            .httpClient(UrlConnectionHttpClient.create())
            .build();
  }

  void bucket(String name) {
    client.createBucket(request -> request.bucket(name));
  }

  void put(String bucket, String key, Path file) {
    client.putObject(request -> request.bucket(bucket).key(key), file);
  }

  List<String> keys(String bucket) {
    return client.listObjectsV2Paginator(request -> request.bucket(bucket)).contents().stream()
        .map(S3Object::key)
        .toList();
  }

  @Override
  public void close() {
    client.close();
  }
}
