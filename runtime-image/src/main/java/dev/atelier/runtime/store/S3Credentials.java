package dev.atelier.runtime.store;

import dev.atelier.runtime.RuntimeSettings;
import dev.atelier.runtime.StageFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** Credentials of an S3 store from a mounted secret, or the environment's own. */
final class S3Credentials {

  private S3Credentials() {}

  static AwsCredentialsProvider of(@Nullable String directory, RuntimeSettings settings) {
    if (directory == null) {
      return DefaultCredentialsProvider.create();
    }
    var folder = settings.resolve(directory);
    return StaticCredentialsProvider.create(
        AwsBasicCredentials.create(
            key(folder, "AWS_ACCESS_KEY_ID", "accessKey"),
            key(folder, "AWS_SECRET_ACCESS_KEY", "secretKey")));
  }

  private static String key(Path folder, String name, String other) {
    return value(folder.resolve(name))
        .or(() -> value(folder.resolve(other)))
        .orElseThrow(
            () ->
                new StageFailure.BadInput(
                    "the secret mounted at %s has neither the key %s nor %s; add it to the secret that credentialsSecretRef names"
                        .formatted(folder, name, other)));
  }

  private static Optional<String> value(Path file) {
    try {
      return Files.isRegularFile(file)
          ? Optional.of(Files.readString(file).strip())
          : Optional.empty();
    } catch (IOException e) {
      throw new StageFailure.BadInput("cannot read the credentials in " + file, e);
    }
  }
}
