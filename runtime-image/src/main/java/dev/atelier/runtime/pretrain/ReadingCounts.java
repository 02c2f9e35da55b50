package dev.atelier.runtime.pretrain;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** How often what was read is what should have been there. */
record ReadingCounts(int pictures, int garments, int colours, int places) {

  /**
   * @param wanted what should have been there
   * @param read what the reader saw, in the same order
   */
  static ReadingCounts of(List<SceneWords> wanted, List<SceneWords> read) {
    return new ReadingCounts(
        wanted.size(),
        same(wanted, read, SceneWords::garment),
        same(wanted, read, SceneWords::colour),
        same(wanted, read, SceneWords::place));
  }

  private static int same(
      List<SceneWords> wanted, List<SceneWords> read, Function<SceneWords, Object> part) {
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
