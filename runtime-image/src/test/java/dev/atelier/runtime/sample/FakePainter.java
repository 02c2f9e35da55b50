package dev.atelier.runtime.sample;

import dev.atelier.runtime.image.RgbImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/** A model that paints one colour for each seed and remembers what it was asked for. */
public final class FakePainter implements PictureSource {

  /** Seed whose picture is not a number anywhere. */
  public static final long BROKEN_SEED = 13;

  private final String digest;
  private final Consumer<List<PlannedPicture>> onDraw;
  private final List<String> drawn = new ArrayList<>();

  public FakePainter(String digest) {
    this(digest, group -> {});
  }

  public FakePainter(String digest, Consumer<List<PlannedPicture>> onDraw) {
    this.digest = digest;
    this.onDraw = onDraw;
  }

  /** Names of the pictures that were drawn. */
  public List<String> drawn() {
    return drawn;
  }

  /** What the seed looks like. */
  public static RgbImage picture(long seed) {
    var random = new Random(seed);
    var values = new float[16 * 16 * 3];
    for (int i = 0; i < values.length; i++) {
      values[i] = i < 3 ? random.nextInt(256) : values[i % 3];
    }
    return new RgbImage(16, 16, values);
  }

  @Override
  public List<RgbImage> draw(List<PlannedPicture> pictures) {
    onDraw.accept(pictures);
    pictures.forEach(picture -> drawn.add(picture.name()));
    return pictures.stream().map(FakePainter::paint).toList();
  }

  @Override
  public int batchSize() {
    return 2;
  }

  @Override
  public String digest() {
    return digest;
  }

  @Override
  public void close() {}

  private static RgbImage paint(PlannedPicture planned) {
    if (planned.seed() != BROKEN_SEED) {
      return picture(planned.seed());
    }
    var values = new float[16 * 16 * 3];
    Arrays.fill(values, Float.NaN);
    return new RgbImage(16, 16, values);
  }
}
