package dev.atelier.api;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** What became of the photos or clips. */
@ApiValue
public record DatasetStatus(
    @JsonPropertyDescription("Files found.") Integer photos,
    @JsonPropertyDescription("Files used.") Integer usable,
    @JsonPropertyDescription(
            "The first files that were not used, with the reason; photos minus usable is how many there are.")
        @Size(max = 50)
        List<Rejected> rejected) {

  public DatasetStatus {
    photos = requireNonNullElse(photos, 0);
    usable = requireNonNullElse(usable, 0);
    rejected = List.copyOf(requireNonNullElse(rejected, List.of()));
  }

  /** A file that was not used. */
  @ApiValue
  public record Rejected(
      @JsonPropertyDescription("Name of the file.") @Required String name,
      @JsonPropertyDescription("Why, such as SeveralFaces.") @Required String reason) {}
}
