package dev.atelier.runtime.pretrain;

import dev.atelier.runtime.pretrain.SceneReader.Reading;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** How often what was read is what should have been there. */
record ReadingCounts(int pictures, int garments, int colours, int places) {

  /**
   * @param wanted what should have been there
   * @param read what the reader saw, in the same order
   */
  static ReadingCounts of(List<Reading> wanted, List<Reading> read) {
    return new ReadingCounts(
        wanted.size(),
        same(wanted, read, Reading::garment),
        same(wanted, read, Reading::colour),
        same(wanted, read, Reading::place));
  }

  private static int same(
      List<Reading> wanted, List<Reading> read, Function<Reading, Object> part) {
    int same = 0;
    for (int i = 0; i < wanted.size(); i++) {
      same += part.apply(wanted.get(i)).equals(part.apply(read.get(i))) ? 1 : 0;
    }
    return same;
  }

  @Override
  public String toString() {
    return "garment %s, colour %s, place %s of %d pictures"
        .formatted(share(garments), share(colours), share(places), pictures);
  }

  private String share(int right) {
    return String.format(Locale.ROOT, "%.1f %%", 100.0 * right / pictures);
  }
}
