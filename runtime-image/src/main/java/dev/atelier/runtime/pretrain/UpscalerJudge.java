package dev.atelier.runtime.pretrain;

import dev.atelier.runtime.evaluate.FrameChanges;
import dev.atelier.runtime.evaluate.PeakSignalToNoise;
import dev.atelier.runtime.gallery.Sheet;
import dev.atelier.runtime.image.Filter;
import dev.atelier.runtime.image.Resize;
import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.model.upscale.RrdbNet;
import dev.atelier.runtime.model.upscale.Upscaler;
import dev.atelier.runtime.pipeline.PictureTensors;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.StoredWeights.Storage;
import dev.atelier.runtime.tensor.Torch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Measures a network that enlarges four times against bicubic interpolation, on pictures of both
 * drawn worlds that no training sees and on a film for its flicker.
 */
final class UpscalerJudge {

  private static final int FILM_FRAMES = 17;
  private static final int SHOWN = 4;

  private final Torch torch;
  private final SharpPictures pictures;

  UpscalerJudge(Torch torch, long seed) {
    this.torch = torch;
    this.pictures = new SharpPictures(seed);
  }

  /**
   * What was measured.
   *
   * @param portraits decibels on portraits
   * @param frames decibels on frames of films
   * @param flicker of a film's frames, see {@link FrameChanges}
   * @param trueFlicker of the film as it was drawn
   */
  record Measured(
      Decibels portraits,
      Decibels frames,
      double flicker,
      double bicubicFlicker,
      double trueFlicker) {

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "portraits %s; frames of films %s; flicker %.3f (bicubic %.3f, drawn %.3f)",
          portraits,
          frames,
          flicker,
          bicubicFlicker,
          trueFlicker);
    }
  }

  /** Mean peak signal-to-noise ratios of the network and of bicubic interpolation. */
  record Decibels(double network, double bicubic) {

    /** How much better the network is. */
    double gain() {
      return network - bicubic;
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT, "%.2f dB, bicubic %.2f dB (%+.2f)", network, bicubic, gain());
    }
  }

  /**
   * Measures the network of a folder.
   *
   * @param count held-out pictures of each world
   */
  Measured measure(Path folder, int count) {
    try (var network = RrdbNet.load(torch, folder, Storage.MAPPED)) {
      var film = pictures.heldOutFilm(1, FILM_FRAMES);
      return new Measured(
          decibels(network, even(count, 0)),
          decibels(network, even(count, 1)),
          flicker(film, small -> enlarged(network, small)),
          flicker(film, UpscalerJudge::bicubic),
          FrameChanges.of(film).flicker());
    }
  }

  /** Small, bicubic, network and original beside each other. */
  Sheet sheet(Path folder, String title) {
    try (var network = RrdbNet.load(torch, folder, Storage.MAPPED)) {
      var rows =
          IntStream.range(0, SHOWN)
              .mapToObj(
                  i -> {
                    var picture = pictures.heldOut(i);
                    var small = SharpPictures.small(picture);
                    return new Sheet.Row(
                        "",
                        "",
                        List.of(
                            Sheet.Cell.of(bicubic(small), "bicubic", ""),
                            Sheet.Cell.of(enlarged(network, small), "network", ""),
                            Sheet.Cell.of(picture, "drawn", "")));
                  })
              .toList();
      return new Sheet(title, "four times larger", 3, rows);
    }
  }

  private List<RgbImage> even(int count, int first) {
    return LongStream.range(0, count).mapToObj(i -> pictures.heldOut(2 * i + first)).toList();
  }

  private Decibels decibels(RrdbNet network, List<RgbImage> originals) {
    double own = 0;
    double bicubic = 0;
    for (var original : originals) {
      var small = SharpPictures.small(original);
      own += PeakSignalToNoise.of(rounded(enlarged(network, small)), rounded(original));
      bicubic += PeakSignalToNoise.of(rounded(bicubic(small)), rounded(original));
    }
    return new Decibels(own / originals.size(), bicubic / originals.size());
  }

  /** As 8 bits hold it, in [0, 1]. */
  private static float[] rounded(RgbImage picture) {
    var values = picture.values().clone();
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.max(0, Math.min(255, Math.round(values[i]))) / 255f;
    }
    return values;
  }

  private static double flicker(List<RgbImage> film, UnaryOperator<RgbImage> enlarge) {
    var frames = new ArrayList<RgbImage>();
    film.forEach(frame -> frames.add(enlarge.apply(SharpPictures.small(frame))));
    return FrameChanges.of(frames).flicker();
  }

  private RgbImage enlarged(RrdbNet network, RgbImage small) {
    try (Scope scope = Scope.open()) {
      var pixels = PictureTensors.of(torch, small).mul(0.5).add(0.5);
      return PictureTensors.pictures(new Upscaler(network).enlarge(pixels)).get(0);
    }
  }

  private static RgbImage bicubic(RgbImage small) {
    return Resize.to(
        small,
        small.width() * UpscalerRecipe.SCALE,
        small.height() * UpscalerRecipe.SCALE,
        Filter.BICUBIC);
  }
}
