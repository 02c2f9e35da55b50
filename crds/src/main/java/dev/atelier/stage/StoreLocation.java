package dev.atelier.stage;

import org.jspecify.annotations.Nullable;

/**
 * A directory of files that the pod can reach.
 *
 * @param url {@code file:///path/in/the/container} or {@code s3://bucket/prefix}
 * @param endpoint address of an S3 server other than AWS, such as {@code http://minio:9000}
 * @param region region of the S3 bucket
 * @param credentials directory in the container with a mounted secret's keys, {@code
 *     AWS_ACCESS_KEY_ID} and {@code AWS_SECRET_ACCESS_KEY} (or {@code accessKey} and {@code
 *     secretKey}); absent means the environment's own credentials
 */
public record StoreLocation(
    String url, @Nullable String endpoint, @Nullable String region, @Nullable String credentials) {

  /** A directory mounted into the container. */
  public static StoreLocation directory(String containerPath) {
    return new StoreLocation("file://" + containerPath, null, null, null);
  }
}
