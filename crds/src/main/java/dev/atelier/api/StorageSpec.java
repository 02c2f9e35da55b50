package dev.atelier.api;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** Where artifacts go: exactly one of the two. */
@ApiValue
@ValidationRule(value = "has(self.s3) != has(self.pvc)", message = "set exactly one of pvc or s3")
public record StorageSpec(
    @JsonPropertyDescription(
            "A directory of a PersistentVolumeClaim in the namespace of the resource that uses the runtime; needs ReadWriteMany as soon as pods run on several nodes.")
        @Nullable PvcSource pvc,
    @JsonPropertyDescription("A prefix of an S3 bucket.") @Nullable Bucket s3) {

  /** A prefix of an S3 bucket. */
  @ApiValue
  public record Bucket(
      @JsonPropertyDescription("Name of the bucket.")
          @Required
          @Size(min = 3, max = 63)
          @Pattern("^[a-z0-9][-.a-z0-9]+[a-z0-9]$")
          String bucket,
      @JsonPropertyDescription(
              "Prefix below which everything is written. Empty: the root of the bucket.")
          @Default("")
          @Size(max = 512)
          @Pattern(Patterns.RELATIVE_PATH)
          String prefix,
      @JsonPropertyDescription(
              "URL of an S3-compatible service, such as http://minio:9000. Default: AWS.")
          @Size(max = 253)
          @Pattern(Patterns.HTTP_URL)
          @Nullable String endpoint,
      @JsonPropertyDescription("Region of the bucket.")
          @Default("us-east-1")
          @Size(min = 1, max = 63)
          String region,
      @JsonPropertyDescription(
              "Secret with the keys AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the namespace of the resource that uses the runtime. Default: the credentials of the pod's environment.")
          @Nullable SecretRef credentialsSecretRef) {

    public Bucket {
      prefix = requireNonNullElse(prefix, "");
      region = requireNonNullElse(region, "us-east-1");
    }
  }
}
