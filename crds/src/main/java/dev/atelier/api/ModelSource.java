package dev.atelier.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** Where a model lies: exactly one of the three. */
@ApiValue
@ValidationRule(
    value = "[has(self.s3), has(self.pvc), has(self.image)].filter(set, set).size() == 1",
    message = "set exactly one of pvc, s3 or image")
public record ModelSource(
    @JsonPropertyDescription(
            "A directory of a PersistentVolumeClaim in the namespace of the resource that uses the runtime.")
        @Nullable PvcSource pvc,
    @JsonPropertyDescription("Objects below a prefix of an S3 bucket.") @Nullable S3Source s3,
    @JsonPropertyDescription("A directory baked into the runtime image.")
        @Nullable ImageSource image) {

  /** A directory or file of the runtime image. */
  @ApiValue
  public record ImageSource(
      @JsonPropertyDescription("Absolute path in the runtime image, such as /models/sd15.")
          @Required
          @Size(min = 2, max = 512)
          @Pattern("^/.+$")
          String path) {}
}
