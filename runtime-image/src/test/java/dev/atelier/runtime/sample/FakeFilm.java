package dev.atelier.runtime.sample;

import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.video.FrameSequence;
import dev.atelier.stage.SamplerInput;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntConsumer;

/** A model that films a bar which moves at the pace of the seed. */
final class FakeFilm implements ClipSource {

  /** Seed whose clip is not a number anywhere. */
  static final long BROKEN_SEED = 13;

  private static final int FRAMES = 9;
  private static final int WIDTH = 32;
  private static final int HEIGHT = 16;

  private final String digest;
  private final List<String> drawn = new ArrayList<>();
  private final List<String> prepared = new ArrayList<>();

  FakeFilm(String digest) {
    this.digest = digest;
  }

  /** Names of the clips that were drawn to their end. */
  List<String> drawn() {
    return drawn;
  }

  /** Names of the clips that it was told of. */
  List<String> prepared() {
    return prepared;
  }

  @Override
  public void prepare(List<PlannedPicture> clips) {
    clips.forEach(clip -> prepared.add(clip.name()));
  }

  @Override
  public <R> R draw(PlannedPicture clip, IntConsumer stepped, Function<FrameSequence, R> use) {
    for (int step = 1; step <= sampler().steps(); step++) {
      stepped.accept(step);
    }
    drawn.add(clip.name());
    return use.apply(new Film(clip.seed()));
  }

  @Override
  public SamplerInput sampler() {
    return new SamplerInput("UniPCMultistep", 4, 5, WIDTH, HEIGHT, 7);
  }

  @Override
  public String digest() {
    return digest;
  }

  @Override
  public String delivery() {
    return "made in 32x16";
  }

  @Override
  public void close() {}

  private record Film(long seed) implements FrameSequence {

    @Override
    public int count() {
      return FRAMES;
    }

    @Override
    public int width() {
      return WIDTH;
    }

    @Override
    public int height() {
      return HEIGHT;
    }

    @Override
    public RgbImage frame(int index) {
      var values = new float[WIDTH * HEIGHT * 3];
      Arrays.fill(values, seed == BROKEN_SEED ? Float.NaN : 60);
      for (int y = 0; y < HEIGHT && seed != BROKEN_SEED; y++) {
        int at = (int) ((y * WIDTH + (index * seed) % WIDTH) * 3);
        Arrays.fill(values, at, at + 3, 220);
      }
      return new RgbImage(WIDTH, HEIGHT, values);
    }
  }
}
