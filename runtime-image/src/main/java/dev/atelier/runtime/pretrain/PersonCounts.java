package dev.atelier.runtime.pretrain;

import static java.util.stream.Collectors.joining;

import dev.atelier.runtime.pretrain.PortraitReader.Question;
import java.util.Locale;
import java.util.Map;

/**
 * In how many pictures a person is.
 *
 * @param ownPhotos how many of the person's photos pass for the person of all the others
 * @param within how many pictures show the person
 * @param alike for each question about the person in how many pictures the answer is that of most
 *     photos
 */
record PersonCounts(
    int ownPhotos, int photos, int within, int pictures, Map<Question, Integer> alike) {

  PersonCounts {
    alike = Map.copyOf(alike);
  }

  @Override
  public String toString() {
    var traits =
        alike.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(e -> e.getKey().name().toLowerCase(Locale.ROOT) + " " + share(e.getValue()))
            .collect(joining(", "));
    return """
        the person of the %d photos is in %d of %d pictures (%s); so near come 1 %% of drawings of other people, and %d of the photos (each against the others)
        as in most photos: %s"""
        .formatted(photos, within, pictures, share(within), ownPhotos, traits);
  }

  private String share(int right) {
    return String.format(Locale.ROOT, "%.1f %%", 100.0 * right / pictures);
  }
}
