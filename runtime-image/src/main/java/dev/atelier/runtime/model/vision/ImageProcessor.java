package dev.atelier.runtime.model.vision;

import dev.atelier.runtime.image.Filter;
import dev.atelier.runtime.image.PillowResize;
import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.model.config.ModelConfig;
import dev.atelier.runtime.model.config.UnsupportedConfigException;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import java.nio.file.Path;
import java.util.List;

/**
 * What a {@code preprocessor_config.json} asks for: resize as Pillow does it, middle crop, scale to
 * 0..1, normalise per channel.
 *
 * @param target of the resize
 * @param crop height and width of the middle crop; empty for none
 */
public record ImageProcessor(
    ProcessorSize target,
    List<Integer> crop,
    Filter filter,
    double rescale,
    List<Double> mean,
    List<Double> deviation) {

  /** Reads the file of a transformers folder. */
  public static ImageProcessor read(Path folder) {
    return from(ModelConfig.read(folder.resolve("preprocessor_config.json")));
  }

  /** Reads the fields and fails on any that ask for something else. */
  public static ImageProcessor from(ModelConfig config) {
    config.require("do_resize", true);
    config.require("do_rescale", true);
    config.require("do_normalize", true);
    config.ignore(
        "do_convert_rgb", "image_processor_type", "feature_extractor_type", "processor_class");
    var crop =
        config.flag("do_center_crop", false)
            ? ProcessorSize.exact(config, "crop_size")
            : List.<Integer>of();
    boolean shortest = !crop.isEmpty();
    var processor =
        new ImageProcessor(
            ProcessorSize.from(config, "size", shortest),
            crop,
            filter(config),
            rescale(config),
            colours(config, "image_mean"),
            deviation(config));
    config.finish();
    return processor;
  }

  /** Normalised pixels {@code [pictures, 3, height, width]}; all pictures come out of one size. */
  public Tensor pixels(Torch torch, List<RgbImage> pictures) {
    var resized = pictures.stream().map(this::prepared).toList();
    int width = resized.get(0).width();
    int height = resized.get(0).height();
    if (resized.stream().anyMatch(r -> r.width() != width || r.height() != height)) {
      throw new IllegalArgumentException(
          "pictures of different shapes need a processor that crops them to one size");
    }
    int size = 3 * width * height;
    var values = new float[resized.size() * size];
    for (int i = 0; i < resized.size(); i++) {
      normalise(resized.get(i), values, i * size);
    }
    return torch.tensor(values, resized.size(), 3, height, width);
  }

  /** Normalised pixels of one picture, row-major {@code [3, height, width]}, red first. */
  public float[] planes(RgbImage picture) {
    var resized = prepared(picture);
    var values = new float[3 * resized.width() * resized.height()];
    normalise(resized, values, 0);
    return values;
  }

  private void normalise(RgbImage resized, float[] values, int at) {
    int pixels = resized.width() * resized.height();
    for (int channel = 0; channel < 3; channel++) {
      for (int i = 0; i < pixels; i++) {
        double scaled = resized.values()[3 * i + channel] * rescale;
        values[at + channel * pixels + i] =
            (float) ((scaled - mean.get(channel)) / deviation.get(channel));
      }
    }
  }

  /** Numbers of differently prepared pictures are not comparable: this belongs to the protocol. */
  public String protocol() {
    return "%s %s%s"
        .formatted(
            filter.name().toLowerCase(java.util.Locale.ROOT),
            target,
            crop.isEmpty() ? "" : ", crop %d x %d".formatted(crop.get(0), crop.get(1)));
  }

  private RgbImage prepared(RgbImage picture) {
    var size = target.of(picture.width(), picture.height());
    var resized = PillowResize.to(picture, size.width(), size.height(), filter);
    return crop.isEmpty() ? resized : cropped(resized, crop.get(1), crop.get(0));
  }

  private static RgbImage cropped(RgbImage picture, int width, int height) {
    if (picture.width() < width || picture.height() < height) {
      throw new UnsupportedConfigException(
          "preprocessor_config.json crops %d x %d out of %d x %d; make size at least crop_size"
              .formatted(width, height, picture.width(), picture.height()));
    }
    int left = (picture.width() - width) / 2;
    int top = (picture.height() - height) / 2;
    return picture.part(left, top, width, height);
  }

  private static double rescale(ModelConfig config) {
    double factor = config.number("rescale_factor", 1 / 255.0);
    if (!(factor > 0) || Double.isInfinite(factor)) {
      throw new UnsupportedConfigException(
          "%s: rescale_factor has to be a number above 0, such as 0.00392156862745098 for 0..1."
              .formatted(config));
    }
    return factor;
  }

  private static List<Double> deviation(ModelConfig config) {
    var deviation = colours(config, "image_std");
    if (!deviation.stream().allMatch(one -> one > 0)) {
      throw new UnsupportedConfigException(
          "%s: image_std = %s divides; give numbers above 0.".formatted(config, deviation));
    }
    return deviation;
  }

  private static List<Double> colours(ModelConfig config, String field) {
    var numbers = config.numbers(field);
    if (numbers.size() != 3 || !numbers.stream().allMatch(Double::isFinite)) {
      throw new UnsupportedConfigException(
          "%s: %s = %s; give three numbers, for red, green and blue."
              .formatted(config, field, numbers));
    }
    return numbers;
  }

  /** Pillow's numbers of its filters. */
  private static Filter filter(ModelConfig config) {
    return switch (config.integer("resample", 3)) {
      case 1 -> Filter.LANCZOS;
      case 2 -> Filter.TRIANGLE;
      case 3 -> Filter.BICUBIC;
      case 4 -> Filter.BOX;
      default ->
          throw new UnsupportedConfigException(
              "%s: resample = %d is not supported (1 lanczos, 2 bilinear, 3 bicubic, 4 box)."
                  .formatted(config, config.integer("resample", 3)));
    };
  }
}
