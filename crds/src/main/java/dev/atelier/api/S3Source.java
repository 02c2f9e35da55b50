package dev.atelier.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** Objects below a prefix of an S3 bucket. */
@ApiValue
public record S3Source(
    @JsonPropertyDescription("Bucket and prefix, such as s3://uploads/ana/.")
        @Required
        @Size(min = 6, max = 1024)
        @Pattern(Patterns.S3_URI)
        String uri,
    @JsonPropertyDescription(
            "URL of an S3-compatible service, such as http://minio:9000. Default: the endpoint of the runtime's storage, else AWS.")
        @Size(max = 253)
        @Pattern(Patterns.HTTP_URL)
        @Nullable String endpoint,
    @JsonPropertyDescription(
            "Region of the bucket. Default: the region of the runtime's storage, else us-east-1.")
        @Size(max = 63)
        @Nullable String region,
    @JsonPropertyDescription(
            "Secret with the keys AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY. Default: the credentials of the pod's environment.")
        @Nullable SecretRef credentialsSecretRef) {}
